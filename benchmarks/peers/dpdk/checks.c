#include "checks.h"

#include <netinet/in.h>
#include <string.h>

#include <rte_debug.h>
#include <rte_esp.h>
#include <rte_ip.h>

enum { LARGEST_SEALED = LARGEST_INNER + 8 };

/* The octet at OFFSET of the payload of packet INDEX. */
static uint8_t payload(uint32_t index, uint32_t offset)
{
    return (uint8_t)(index * 31 + offset * 7 + (offset >> 8));
}

static void write_inner(uint8_t *octets, uint32_t index, uint32_t size)
{
    struct rte_ipv4_hdr header = {
        .version_ihl = RTE_IPV4_VHL_DEF,
        .type_of_service = 0xb8, /* expedited forwarding, so that a copied field can be seen */
        .total_length = rte_cpu_to_be_16((uint16_t)size),
        .time_to_live = 64,
        .next_proto_id = IPPROTO_UDP,
        .src_addr = RTE_BE32(RTE_IPV4(10, 0, 0, 1)),
        .dst_addr = RTE_BE32(RTE_IPV4(10, 0, 0, 2)),
    };
    header.hdr_checksum = rte_ipv4_cksum(&header);
    memcpy(octets, &header, sizeof(header));
    for (uint32_t i = sizeof(header); i < size; i++)
        octets[i] = payload(index, i);
}

void make_inner(struct rte_mempool *pool, struct rte_mbuf **packets, uint32_t count, uint32_t size)
{
    if (rte_pktmbuf_alloc_bulk(pool, packets, count) != 0)
        rte_exit(1, "no packets left in the pool\n");
    for (uint32_t i = 0; i < count; i++) {
        write_inner((uint8_t *)rte_pktmbuf_append(packets[i], (uint16_t)size), i, size);
        packets[i]->l3_len = sizeof(struct rte_ipv4_hdr);
    }
}

void check_inner(struct rte_mbuf **packets, uint32_t count, uint32_t size)
{
    uint8_t expected[LARGEST_INNER];
    for (uint32_t i = 0; i < count; i++) {
        write_inner(expected, i, size);
        if (rte_pktmbuf_pkt_len(packets[i]) != size
            || memcmp(rte_pktmbuf_mtod(packets[i], void *), expected, size) != 0)
            rte_exit(1, "packet %u did not come back as it was (%u octets)\n", i, size);
    }
}

static void check_outer(struct rte_mbuf *packet, uint32_t sequence, uint32_t octets)
{
    const struct rte_ipv4_hdr *outer = rte_pktmbuf_mtod(packet, const struct rte_ipv4_hdr *);
    const struct rte_esp_hdr *esp = (const struct rte_esp_hdr *)(outer + 1);
    if (rte_pktmbuf_pkt_len(packet) != octets || outer->version_ihl != RTE_IPV4_VHL_DEF
        || outer->total_length != rte_cpu_to_be_16((uint16_t)octets) || outer->next_proto_id != IPPROTO_ESP
        || outer->src_addr != RTE_BE32(RTE_IPV4(192, 0, 2, 1)) || esp->spi != RTE_BE32(TUNNEL_SPI)
        || esp->seq != rte_cpu_to_be_32(sequence))
        rte_exit(1, "the packet that librte_ipsec made is not the one expected: %u octets, %u expected\n",
            rte_pktmbuf_pkt_len(packet), octets);
}

/* Seals the inner packet with the other library, from the RFCs' description alone: padding 1, 2, 3 …, next header 4. */
static void check_sealed(const struct tunnel *tunnel, const struct transform *transform, bool esn,
    const uint8_t *inner, uint32_t size, const uint8_t *esp)
{
    uint8_t plaintext[LARGEST_SEALED], ciphertext[LARGEST_SEALED], icv[ICV_OCTETS];
    uint8_t nonce[LARGEST_NONCE], aad[12] = { 0 };
    uint32_t octets = RTE_ALIGN_CEIL(size + 2, 4);
    memcpy(plaintext, inner, size);
    for (uint32_t i = size; i < octets - 2; i++)
        plaintext[i] = (uint8_t)(i - size + 1);
    plaintext[octets - 2] = (uint8_t)(octets - 2 - size);
    plaintext[octets - 1] = IPPROTO_IPIP;
    memcpy(nonce, tunnel->salt, transform->salt_octets);
    memcpy(nonce + transform->salt_octets, esp + ESP_OCTETS, IV_OCTETS);
    memcpy(aad, esp, 4); /* SPI; the high half of the number is zero here */
    memcpy(aad + (esn ? 8 : 4), esp + 4, 4);
    struct sealing sealing = { tunnel->key, nonce, aad, esn ? 12 : 8, plaintext, ciphertext, octets, icv };
    if (!reference_seal(transform, &sealing) || memcmp(esp + ESP_OCTETS + IV_OCTETS, ciphertext, octets) != 0
        || memcmp(esp + ESP_OCTETS + IV_OCTETS + octets, icv, ICV_OCTETS) != 0)
        rte_exit(1, "ciphertext or ICV is not what OpenSSL makes of the same packet\n");
}

static uint32_t journey(struct rte_ipsec_session *session, struct rte_mbuf *packet)
{
    uint16_t prepared = rte_ipsec_pkt_cpu_prepare(session, &packet, 1);
    return rte_ipsec_pkt_process(session, &packet, prepared);
}

void check_wire(struct tunnel *tunnel, const struct transform *transform, bool esn, struct rte_mbuf *packet,
    uint32_t size)
{
    uint8_t inner[LARGEST_INNER];
    memcpy(inner, rte_pktmbuf_mtod(packet, void *), size);
    if (journey(&tunnel->outbound, packet) != 1)
        rte_exit(1, "librte_ipsec does not encapsulate\n");
    check_outer(packet, 1, OUTER_OCTETS + ESP_OCTETS + IV_OCTETS + RTE_ALIGN_CEIL(size + 2, 4) + ICV_OCTETS);
    if (reference_available())
        check_sealed(tunnel, transform, esn, inner, size, rte_pktmbuf_mtod_offset(packet, uint8_t *, OUTER_OCTETS));
    if (journey(&tunnel->inbound, packet) != 1)
        rte_exit(1, "librte_ipsec does not decapsulate its own packet\n");
    check_inner(&packet, 1, size);
}

/* Takes one of the first 31 numbers: librte_ipsec 22.11 forgets numbers whose bit 5 is set and would accept a copy. */
void check_replay(struct tunnel *tunnel, struct rte_mbuf *packet, uint32_t size)
{
    uint8_t copy[LARGEST_SEALED + OUTER_OCTETS + ESP_OCTETS + IV_OCTETS + ICV_OCTETS];
    if (journey(&tunnel->outbound, packet) != 1)
        rte_exit(1, "librte_ipsec does not encapsulate\n");
    struct rte_mbuf saved = *packet;
    memcpy(copy, rte_pktmbuf_mtod(packet, void *), rte_pktmbuf_pkt_len(packet));
    if (journey(&tunnel->inbound, packet) != 1)
        rte_exit(1, "librte_ipsec does not decapsulate its own packet\n");
    struct rte_mbuf restored = *packet;
    *packet = saved;
    memcpy(rte_pktmbuf_mtod(packet, void *), copy, rte_pktmbuf_pkt_len(packet));
    if (journey(&tunnel->inbound, packet) != 0)
        rte_exit(1, "librte_ipsec accepted a replayed packet: the window is not at work\n");
    *packet = restored;
    write_inner(rte_pktmbuf_mtod(packet, uint8_t *), 0, size);
}
