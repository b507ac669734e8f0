/*
 * DPDK's librte_ipsec with CPU crypto: whole journeys of an IPv4 tunnel, as `esp bench` takes them.
 *
 * The working set is 32 packets. Encapsulating makes them 32 new, valid ESP packets (the next sequence numbers);
 * decapsulating takes just these, through the replay window, and leaves the inner packets where they were. So the two
 * directions feed each other, nothing is prepared inside a timed section, and no packet comes twice.
 */
#include <stdio.h>
#include <string.h>

#include <rte_ip.h>
#include <rte_mbuf.h>

#include "../common/meter.h"
#include "checks.h"
#include "tunnel.h"

enum { WORKING_SET = LARGEST_BURST, SECTIONS_CHECKED = 64 };

static struct meter encapsulation;
static struct meter decapsulation;

/*
 * The outer checksum is the caller's with librte_ipsec; without it a packet is not fit to send. Only three fields
 * differ from the template, so their sum is added to the template's: rte_ipv4_cksum over the whole header takes 10 ns
 * more.
 */
static inline void complete_outer_header(struct rte_mbuf *packet, uint32_t template_sum)
{
    struct rte_ipv4_hdr *outer = rte_pktmbuf_mtod(packet, struct rte_ipv4_hdr *);
    uint32_t sum = template_sum + outer->total_length + outer->packet_id + rte_cpu_to_be_16(outer->type_of_service);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    outer->hdr_checksum = (uint16_t)~sum;
}

static inline uint32_t journey(struct rte_ipsec_session *session, struct rte_mbuf **packets, uint32_t burst)
{
    uint16_t prepared = rte_ipsec_pkt_cpu_prepare(session, packets, (uint16_t)burst);
    return rte_ipsec_pkt_process(session, packets, prepared);
}

static inline uint32_t encapsulate(struct tunnel *tunnel, struct rte_mbuf **packets, uint32_t burst, bool checksum)
{
    uint32_t done = 0;
    for (uint32_t first = 0; first < WORKING_SET; first += burst) {
        done += journey(&tunnel->outbound, packets + first, burst);
        if (checksum)
            for (uint32_t i = first; i < first + burst; i++)
                complete_outer_header(packets[i], tunnel->template_sum);
    }
    return done;
}

static inline uint32_t decapsulate(struct tunnel *tunnel, struct rte_mbuf **packets, uint32_t burst)
{
    uint32_t done = 0;
    for (uint32_t first = 0; first < WORKING_SET; first += burst)
        done += journey(&tunnel->inbound, packets + first, burst);
    return done;
}

/* The checksum that encapsulate() adds is the one that a receiver computes. */
static void check_checksum(struct tunnel *tunnel, struct rte_mbuf **packets, uint32_t burst)
{
    encapsulate(tunnel, packets, burst, true);
    for (uint32_t i = 0; i < WORKING_SET; i++) {
        struct rte_ipv4_hdr outer = *rte_pktmbuf_mtod(packets[i], struct rte_ipv4_hdr *);
        uint16_t checksum = outer.hdr_checksum;
        outer.hdr_checksum = 0;
        if (rte_ipv4_cksum(&outer) != checksum)
            rte_exit(1, "the checksum of outer header %u is wrong\n", i);
    }
    decapsulate(tunnel, packets, burst);
}

static void measure(struct tunnel *tunnel, struct rte_mbuf **packets, uint32_t size, uint32_t burst,
    const struct options *options, const struct clock *clock)
{
    meter_reset(&encapsulation);
    meter_reset(&decapsulation);
    double end = clock_seconds() + 0.2 * options->seconds;
    bool warming = true;
    for (uint64_t section = 0;; section++) {
        uint64_t t0 = ticks_now();
        uint32_t sent = encapsulate(tunnel, packets, burst, options->outer_checksum);
        uint64_t t1 = ticks_now();
        uint64_t t2 = ticks_now();
        uint32_t received = decapsulate(tunnel, packets, burst);
        uint64_t t3 = ticks_now();
        meter_add(&encapsulation, t1 - t0);
        meter_add(&decapsulation, t3 - t2);
        if (sent != WORKING_SET || received != WORKING_SET)
            rte_exit(1, "librte_ipsec sent %u and accepted %u of %u packets\n", sent, received, WORKING_SET);
        meter_sample(&encapsulation, clock, WORKING_SET);
        meter_sample(&decapsulation, clock, WORKING_SET);
        if (section % SECTIONS_CHECKED != 0)
            continue;
        check_inner(packets, WORKING_SET, size);
        if (warming && clock_seconds() >= end) {
            options_wait(options);
            meter_reset(&encapsulation);
            meter_reset(&decapsulation);
            end = clock_seconds() + 2 * options->seconds;
            warming = false;
        }
        if (!warming && clock_seconds() >= end && encapsulation.sample_count >= METER_FEWEST
            && decapsulation.sample_count >= METER_FEWEST)
            return;
    }
}

static void print(const struct transform *transform, bool esn, uint32_t size, uint32_t burst, const char *direction,
    struct meter *meter)
{
    printf("dpdk-%s,%s,%s,%u,%u,%s,%.1f,0\n", CRYPTO_DEVICE, transform->name, esn ? "on" : "off", size, burst,
        direction, meter_median(meter));
    fflush(stdout);
}

static void run(const struct environment *environment, const struct transform *transform, bool esn, uint32_t size,
    uint32_t burst, const struct options *options, const struct clock *clock)
{
    struct rte_mbuf *packets[WORKING_SET];
    struct tunnel tunnel;
    make_inner(environment->packets, packets, WORKING_SET, size);
    tunnel_open(&tunnel, environment, transform, esn, options);
    check_wire(&tunnel, transform, esn, packets[0], size);
    check_replay(&tunnel, packets[0], size);
    check_checksum(&tunnel, packets, burst);
    measure(&tunnel, packets, size, burst, options, clock);
    print(transform, esn, size, burst, "encap", &encapsulation);
    print(transform, esn, size, burst, "decap", &decapsulation);
    tunnel_close(&tunnel, environment);
    rte_pktmbuf_free_bulk(packets, WORKING_SET);
}

static bool measured_here(const struct transform *transform)
{
    return transform->cipher == AES_GCM; /* all that crypto_aesni_gcm does */
}

int main(int argc, char **argv)
{
    struct options options;
    options_parse(&options, argc, argv);
    struct environment environment = environment_start(argv[0]);
    struct clock clock = clock_calibrate();
    for (size_t t = 0; t < transform_count; t++)
        if (measured_here(&transforms[t]) && options_wants(&options, transforms[t].name))
            for (size_t e = 0; e < options.esn_count; e++)
                for (size_t b = 0; b < options.burst_count; b++)
                    for (size_t s = 0; s < options.size_count; s++)
                        run(&environment, &transforms[t], options.esn[e], options.sizes[s], options.bursts[b],
                            &options, &clock);
    environment_stop(&environment);
    return 0;
}
