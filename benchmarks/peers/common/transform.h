/* The transforms that peers are measured with, by strongSwan keyword, and an independent reference for them. */
#ifndef PEERS_TRANSFORM_H
#define PEERS_TRANSFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ICV_OCTETS = 16, IV_OCTETS = 8, LARGEST_KEY = 32, LARGEST_NONCE = 12 };

enum cipher { AES_GCM, AES_CCM, CHACHA20_POLY1305 };

struct transform {
    const char *name;
    enum cipher cipher;
    uint32_t key_octets;
    uint32_t salt_octets; /* the nonce is salt, then the 8 octets of the IV on the wire */
};

extern const struct transform transforms[];
extern const size_t transform_count;

/* One sealing: what the caller has, and where the result goes. */
struct sealing {
    const uint8_t *key;
    const uint8_t *nonce;
    const uint8_t *aad;
    uint32_t aad_octets;
    const uint8_t *plaintext;
    uint8_t *ciphertext;
    uint32_t octets;
    uint8_t *icv;
};

/* False where no independent library was there at build time: then nothing can be compared. */
bool reference_available(void);

/* Seals with OpenSSL, which shares no code with the libraries measured. */
bool reference_seal(const struct transform *transform, const struct sealing *sealing);

#endif
