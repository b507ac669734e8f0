#include "tunnel.h"

#include <netinet/in.h>
#include <string.h>

#include <rte_cryptodev.h>
#include <rte_errno.h>
#include <rte_ip.h>
#include <rte_malloc.h>

static const struct rte_ipv4_hdr outer = {
    .version_ihl = RTE_IPV4_VHL_DEF,
    .time_to_live = 64,
    .next_proto_id = IPPROTO_ESP,
    .src_addr = RTE_BE32(RTE_IPV4(192, 0, 2, 1)),
    .dst_addr = RTE_BE32(RTE_IPV4(192, 0, 2, 2)),
};

/* The crypto half of an SA: AES-GCM with the nonce and the AAD of RFC 4106. */
static struct rte_crypto_sym_xform crypto_half(const struct tunnel *tunnel, const struct transform *transform,
    bool esn, bool outbound)
{
    return (struct rte_crypto_sym_xform){
        .type = RTE_CRYPTO_SYM_XFORM_AEAD,
        .aead = {
            .op = outbound ? RTE_CRYPTO_AEAD_OP_ENCRYPT : RTE_CRYPTO_AEAD_OP_DECRYPT,
            .algo = RTE_CRYPTO_AEAD_AES_GCM,
            .key = { .data = tunnel->key, .length = (uint16_t)transform->key_octets },
            .iv = { .offset = 0, .length = 12 },
            .digest_length = ICV_OCTETS,
            .aad_length = esn ? 12 : 8,
        },
    };
}

static struct rte_ipsec_sa_prm parameters(const struct tunnel *tunnel, struct rte_crypto_sym_xform *crypto,
    bool esn, bool outbound, const struct options *options)
{
    struct rte_ipsec_sa_prm parameters = {
        .crypto_xform = crypto,
        .ipsec_xform = {
            .spi = TUNNEL_SPI,
            .options = { .esn = esn, .copy_dscp = options->header_bits, .ecn = options->header_bits },
            .direction = outbound ? RTE_SECURITY_IPSEC_SA_DIR_EGRESS : RTE_SECURITY_IPSEC_SA_DIR_INGRESS,
            .proto = RTE_SECURITY_IPSEC_SA_PROTO_ESP,
            .mode = RTE_SECURITY_IPSEC_SA_MODE_TUNNEL,
            .tunnel = { .type = RTE_SECURITY_IPSEC_TUNNEL_IPV4 },
            .replay_win_sz = outbound ? 0 : options->window,
        },
        .tun = { .hdr_len = sizeof(outer), .next_proto = IPPROTO_IPIP, .hdr = &outer },
    };
    memcpy(&parameters.ipsec_xform.salt, tunnel->salt, sizeof(tunnel->salt));
    return parameters;
}

static void open_direction(struct rte_ipsec_session *session, const struct tunnel *tunnel,
    const struct environment *environment, const struct transform *transform, bool esn, bool outbound,
    const struct options *options)
{
    struct rte_crypto_sym_xform crypto = crypto_half(tunnel, transform, esn, outbound);
    struct rte_ipsec_sa_prm sa = parameters(tunnel, &crypto, esn, outbound, options);
    int octets = rte_ipsec_sa_size(&sa);
    memset(session, 0, sizeof(*session));
    session->type = RTE_SECURITY_ACTION_TYPE_CPU_CRYPTO;
    session->sa = octets < 0 ? NULL : rte_zmalloc(NULL, (size_t)octets, RTE_CACHE_LINE_SIZE);
    session->crypto.dev_id = environment->device;
    session->crypto.ses = rte_cryptodev_sym_session_create(environment->device, &crypto, environment->sessions);
    if (session->sa == NULL || session->crypto.ses == NULL || rte_ipsec_sa_init(session->sa, &sa, (uint32_t)octets) < 0
        || rte_ipsec_session_prepare(session) != 0)
        rte_exit(1, "librte_ipsec refuses %s with esn %s: %s\n", transform->name, esn ? "on" : "off",
            rte_strerror(rte_errno));
}

void tunnel_open(struct tunnel *tunnel, const struct environment *environment, const struct transform *transform,
    bool esn, const struct options *options)
{
    for (size_t i = 0; i < sizeof(tunnel->key); i++)
        tunnel->key[i] = (uint8_t)(0x11 * i + 1);
    memcpy(tunnel->salt, "\xca\xfe\xba\xbe", sizeof(tunnel->salt));
    tunnel->template_sum = rte_raw_cksum(&outer, sizeof(outer));
    open_direction(&tunnel->outbound, tunnel, environment, transform, esn, true, options);
    open_direction(&tunnel->inbound, tunnel, environment, transform, esn, false, options);
}

static void close_direction(struct rte_ipsec_session *session, const struct environment *environment)
{
    rte_cryptodev_sym_session_free(environment->device, session->crypto.ses);
    rte_ipsec_sa_fini(session->sa);
    rte_free(session->sa);
}

void tunnel_close(struct tunnel *tunnel, const struct environment *environment)
{
    close_direction(&tunnel->outbound, environment);
    close_direction(&tunnel->inbound, environment);
}
