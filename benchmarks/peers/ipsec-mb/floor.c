/*
 * The floor: what Intel's multi-buffer library itself costs for the octets that an ESP packet seals.
 *
 * "encap" is sealing, "decap" is opening with the ICV compared in constant time. Opening takes exactly the 32 packets
 * that were sealed before it, so every packet is genuine and every number new. No header, no window, no policy.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/meter.h"
#include "engine.h"

enum { SECTIONS_CHECKED = 64 };

#ifdef WITH_BURST
static const char provider[] = "ipsec-mb-c-burst";
#else
static const char provider[] = "ipsec-mb-c";
#endif

static struct engine engine;
static struct meter sealing;
static struct meter opening;

static void fail(const struct transform *transform, const char *what)
{
    fprintf(stderr, "%s, %s: %s\n", provider, transform->name, what);
    exit(1);
}

static void seal_all(const struct interface *interface, uint32_t burst)
{
    for (uint32_t first = 0; first < WORKING_SET; first += burst)
        interface->seal(&engine, first, burst);
}

static uint32_t open_all(const struct interface *interface, uint32_t burst)
{
    uint32_t right = 0;
    for (uint32_t first = 0; first < WORKING_SET; first += burst)
        right += interface->open(&engine, first, burst);
    return right;
}

static void store_big_endian(uint8_t *octets, uint32_t count, uint64_t value)
{
    for (uint32_t i = 0; i < count; i++)
        octets[i] = (uint8_t)(value >> 8 * (count - 1 - i));
}

/* The first packet is what OpenSSL makes of it with nonce and AAD built here from the RFCs' description. */
static void check_sealed(const struct transform *transform, const uint8_t *plaintext)
{
    uint8_t ciphertext[LARGEST_INNER + 8], icv[ICV_OCTETS], nonce[LARGEST_NONCE], aad[12];
    uint64_t sequence = engine.sequence - (WORKING_SET - 1);
    uint32_t number_octets = engine.aad_octets - 4;
    memcpy(nonce, engine.salt, transform->salt_octets);
    store_big_endian(nonce + transform->salt_octets, IV_OCTETS, sequence);
    store_big_endian(aad, 4, ESP_SPI);
    store_big_endian(aad + 4, number_octets, sequence);
    struct sealing sealing = { engine.key, nonce, aad, engine.aad_octets, plaintext, ciphertext, engine.octets, icv };
    if (!reference_seal(transform, &sealing) || memcmp(engine.packets[0], ciphertext, engine.octets) != 0
        || memcmp(engine.packets[0] + engine.octets, icv, ICV_OCTETS) != 0)
        fail(transform, "ciphertext or ICV is not what OpenSSL makes of the same octets");
}

/* A sealed working set is what another library makes of it, comes back, and does not when an octet was changed. */
static void check(const struct interface *interface, const struct transform *transform, uint32_t burst)
{
    uint8_t plaintext[LARGEST_INNER + 8];
    memcpy(plaintext, engine.packets[0], engine.octets);
    seal_all(interface, burst);
    if (reference_available())
        check_sealed(transform, plaintext);
    if (open_all(interface, burst) != WORKING_SET || !engine_is_filled(&engine))
        fail(transform, "a sealed packet does not come back");
    seal_all(interface, burst);
    engine.packets[WORKING_SET - 1][0] ^= 1;
    if (open_all(interface, burst) != WORKING_SET - 1)
        fail(transform, "a changed octet goes unnoticed");
    engine_fill(&engine);
}

static void measure(const struct interface *interface, const struct transform *transform, uint32_t burst,
    const struct options *options, const struct clock *clock)
{
    meter_reset(&sealing);
    meter_reset(&opening);
    double end = clock_seconds() + 0.2 * options->seconds;
    bool warming = true;
    for (uint64_t section = 0;; section++) {
        uint64_t t0 = ticks_now();
        seal_all(interface, burst);
        uint64_t t1 = ticks_now();
        uint64_t t2 = ticks_now();
        uint32_t right = open_all(interface, burst);
        uint64_t t3 = ticks_now();
        meter_add(&sealing, t1 - t0);
        meter_add(&opening, t3 - t2);
        if (right != WORKING_SET)
            fail(transform, "a genuine packet was refused");
        meter_sample(&sealing, clock, WORKING_SET);
        meter_sample(&opening, clock, WORKING_SET);
        if (section % SECTIONS_CHECKED != 0)
            continue;
        if (warming && clock_seconds() >= end) {
            options_wait(options);
            meter_reset(&sealing);
            meter_reset(&opening);
            end = clock_seconds() + 2 * options->seconds;
            warming = false;
        }
        if (!warming && clock_seconds() >= end && sealing.sample_count >= METER_FEWEST
            && opening.sample_count >= METER_FEWEST)
            break;
    }
    if (!engine_is_filled(&engine))
        fail(transform, "the plaintext did not come back");
}

static void run(const struct interface *interface, const struct transform *transform, bool esn, uint32_t size,
    uint32_t burst, const struct options *options, const struct clock *clock)
{
    engine_open(&engine, transform, esn, size);
    check(interface, transform, burst);
    measure(interface, transform, burst, options, clock);
    engine_close(&engine);
    const char *number = esn ? "on" : "off";
    printf("%s,%s,%s,%u,%u,encap,%.1f,0\n", provider, transform->name, number, size, burst,
        meter_median(&sealing));
    printf("%s,%s,%s,%u,%u,decap,%.1f,0\n", provider, transform->name, number, size, burst,
        meter_median(&opening));
    fflush(stdout);
}

/* The library's fastest way: a call where it has one, the burst where it has not. WITH_BURST is the other way, where there are two. */
static const struct interface *interface_for(const struct transform *transform)
{
    bool call = direct_interface.serves(transform);
#ifdef WITH_BURST
    return call ? &burst_interface : NULL;
#else
    return call ? &direct_interface : &burst_interface;
#endif
}

int main(int argc, char **argv)
{
    struct options options;
    options_parse(&options, argc, argv);
    struct clock clock = clock_calibrate();
    for (size_t t = 0; t < transform_count; t++) {
        const struct interface *interface = interface_for(&transforms[t]);
        for (size_t e = 0; interface != NULL && options_wants(&options, transforms[t].name) && e < options.esn_count; e++)
            for (size_t b = 0; b < options.burst_count; b++)
                for (size_t s = 0; s < options.size_count; s++)
                    run(interface, &transforms[t], options.esn[e], options.sizes[s], options.bursts[b], &options, &clock);
    }
    return 0;
}
