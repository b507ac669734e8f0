/*
 * Intel's multi-buffer library as a Java provider has to call it: a working set of 32 packets, sealed and opened in
 * place, each with a nonce and an AAD of its own.
 *
 * Owned by one thread, like the manager in it.
 */
#ifndef PEERS_IPSEC_MB_ENGINE_H
#define PEERS_IPSEC_MB_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#define NO_COMPAT_IMB_API_053 /* its old names are macros that get in the way of ours */
#include <intel-ipsec-mb.h>

#include "../common/options.h"
#include "../common/transform.h"

enum { WORKING_SET = LARGEST_BURST, NONCE_STRIDE = 16, CACHE_LINE = 64, ESP_SPI = 0x1000 };

struct engine {
    struct gcm_key_data gcm_key __attribute__((aligned(CACHE_LINE)));
    uint8_t encryption_keys[16 * 15] __attribute__((aligned(CACHE_LINE)));
    uint8_t decryption_keys[16 * 15] __attribute__((aligned(CACHE_LINE))); /* expanded along with the others; unused */
    uint8_t nonces[WORKING_SET][NONCE_STRIDE] __attribute__((aligned(CACHE_LINE)));
    uint8_t aads[WORKING_SET][NONCE_STRIDE];
    uint8_t computed_icvs[WORKING_SET][ICV_OCTETS];
    uint8_t *packets[WORKING_SET]; /* plaintext or ciphertext, then room for the ICV */
    IMB_JOB *jobs[WORKING_SET];
    IMB_MGR *manager;
    const struct transform *transform;
    uint64_t sequence; /* of the last packet sealed */
    uint32_t octets;   /* sealed a packet: payload and trailer */
    uint32_t aad_octets;
    uint8_t key[LARGEST_KEY];
    uint8_t salt[4];
};

/* How the library is asked. Each takes packets [first, first + count) of the working set. */
struct interface {
    bool (*serves)(const struct transform *transform);
    void (*seal)(struct engine *engine, uint32_t first, uint32_t count);
    /* The number of packets whose ICV was right. */
    uint32_t (*open)(struct engine *engine, uint32_t first, uint32_t count);
};

/* One call a packet: GCM only, the library has no such call for the others. */
extern const struct interface direct_interface;

/* The burst of jobs, unchecked; CCM needs it to fill the library's lanes. */
extern const struct interface burst_interface;

/* The size of the inner packet decides the octets sealed: two of trailer and padding to a multiple of four. */
void engine_open(struct engine *engine, const struct transform *transform, bool esn, uint32_t inner_octets);

void engine_close(struct engine *engine);

/* Writes the working set's plaintext; then checks that it came back. */
void engine_fill(struct engine *engine);
bool engine_is_filled(const struct engine *engine);

/* Nonce and AAD of packet INDEX for SEQUENCE, as the transforms' RFCs lay them out. */
static inline void engine_number(struct engine *engine, uint32_t index, uint64_t sequence)
{
    uint64_t big_endian = __builtin_bswap64(sequence);
    __builtin_memcpy(engine->nonces[index] + engine->transform->salt_octets, &big_endian, sizeof(big_endian));
    if (engine->aad_octets == 12)
        __builtin_memcpy(engine->aads[index] + 4, &big_endian, sizeof(big_endian));
    else
        __builtin_memcpy(engine->aads[index] + 4, (uint8_t *)&big_endian + 4, 4);
}

/* Compares the ICV received with the one computed in a time that does not depend on either. */
static inline uint32_t engine_icv_is_right(const struct engine *engine, uint32_t index)
{
    uint64_t received[2], computed[2];
    __builtin_memcpy(received, engine->packets[index] + engine->octets, ICV_OCTETS);
    __builtin_memcpy(computed, engine->computed_icvs[index], ICV_OCTETS);
    uint64_t difference = (received[0] ^ computed[0]) | (received[1] ^ computed[1]);
    return (uint32_t)(1 ^ ((difference | (0 - difference)) >> 63));
}

#endif
