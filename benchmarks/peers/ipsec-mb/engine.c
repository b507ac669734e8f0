#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *aligned(size_t octets)
{
    void *memory = aligned_alloc(CACHE_LINE, (octets + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    if (memory == NULL) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    return memory;
}

static void expand_key(struct engine *engine)
{
    bool short_key = engine->transform->key_octets == 16;
    if (engine->transform->cipher == AES_GCM && short_key)
        IMB_AES128_GCM_PRE(engine->manager, engine->key, &engine->gcm_key);
    else if (engine->transform->cipher == AES_GCM)
        IMB_AES256_GCM_PRE(engine->manager, engine->key, &engine->gcm_key);
    else if (engine->transform->cipher == AES_CCM)
        IMB_AES_KEYEXP_128(engine->manager, engine->key, engine->encryption_keys, engine->decryption_keys);
}

void engine_open(struct engine *engine, const struct transform *transform, bool esn, uint32_t inner_octets)
{
    memset(engine, 0, sizeof(*engine));
    engine->transform = transform;
    engine->octets = (inner_octets + 2 + 3) / 4 * 4;
    engine->aad_octets = esn ? 12 : 8;
    for (uint32_t i = 0; i < LARGEST_KEY; i++)
        engine->key[i] = (uint8_t)(0x11 * i + 1);
    memcpy(engine->salt, "\xca\xfe\xba\xbe", sizeof(engine->salt));
    engine->manager = alloc_mb_mgr(0);
    if (engine->manager == NULL) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    init_mb_mgr_auto(engine->manager, NULL);
    if (imb_get_errno(engine->manager) != 0) {
        fprintf(stderr, "ipsec-mb does not start: %s\n", imb_get_strerror(imb_get_errno(engine->manager)));
        exit(1);
    }
    expand_key(engine);
    uint32_t spi = __builtin_bswap32(ESP_SPI);
    for (uint32_t i = 0; i < WORKING_SET; i++) {
        engine->packets[i] = aligned(engine->octets + ICV_OCTETS);
        memcpy(engine->nonces[i], engine->salt, transform->salt_octets);
        memcpy(engine->aads[i], &spi, sizeof(spi));
    }
    engine_fill(engine);
}

void engine_close(struct engine *engine)
{
    for (uint32_t i = 0; i < WORKING_SET; i++)
        free(engine->packets[i]);
    free_mb_mgr(engine->manager);
}

static uint8_t plain(uint32_t index, uint32_t offset)
{
    return (uint8_t)(index * 31 + offset * 7 + (offset >> 8));
}

void engine_fill(struct engine *engine)
{
    for (uint32_t i = 0; i < WORKING_SET; i++)
        for (uint32_t offset = 0; offset < engine->octets; offset++)
            engine->packets[i][offset] = plain(i, offset);
}

bool engine_is_filled(const struct engine *engine)
{
    for (uint32_t i = 0; i < WORKING_SET; i++)
        for (uint32_t offset = 0; offset < engine->octets; offset++)
            if (engine->packets[i][offset] != plain(i, offset))
                return false;
    return true;
}
