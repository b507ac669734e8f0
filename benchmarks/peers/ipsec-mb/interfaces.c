#include <stdio.h>
#include <stdlib.h>

#include "engine.h"

/* ---- One call a packet ---- */

static bool gcm_only(const struct transform *transform)
{
    return transform->cipher == AES_GCM;
}

static void seal_direct(struct engine *engine, uint32_t first, uint32_t count)
{
    struct gcm_context_data context;
    aes_gcm_enc_dec_t seal =
        engine->transform->key_octets == 16 ? engine->manager->gcm128_enc : engine->manager->gcm256_enc;
    for (uint32_t i = first; i < first + count; i++) {
        uint8_t *packet = engine->packets[i];
        engine_number(engine, i, ++engine->sequence);
        seal(&engine->gcm_key, &context, packet, packet, engine->octets, engine->nonces[i], engine->aads[i],
            engine->aad_octets, packet + engine->octets, ICV_OCTETS);
    }
}

static uint32_t open_direct(struct engine *engine, uint32_t first, uint32_t count)
{
    struct gcm_context_data context;
    aes_gcm_enc_dec_t open =
        engine->transform->key_octets == 16 ? engine->manager->gcm128_dec : engine->manager->gcm256_dec;
    uint64_t oldest = engine->sequence - WORKING_SET; /* the working set was sealed in order */
    uint32_t right = 0;
    for (uint32_t i = first; i < first + count; i++) {
        uint8_t *packet = engine->packets[i];
        engine_number(engine, i, oldest + i + 1);
        open(&engine->gcm_key, &context, packet, packet, engine->octets, engine->nonces[i], engine->aads[i],
            engine->aad_octets, engine->computed_icvs[i], ICV_OCTETS);
        right += engine_icv_is_right(engine, i);
    }
    return right;
}

const struct interface direct_interface = { gcm_only, seal_direct, open_direct };

/* ---- A burst of jobs ---- */

static bool everything(const struct transform *transform)
{
    (void)transform;
    return true;
}

/* What a job takes from the transform. GCM and ChaCha20-Poly1305 finish in either order; CCM authenticates first. */
static inline void describe(IMB_JOB *job, const struct engine *engine, bool seal)
{
    job->cipher_direction = seal ? IMB_DIR_ENCRYPT : IMB_DIR_DECRYPT;
    job->chain_order = seal ? IMB_ORDER_CIPHER_HASH : IMB_ORDER_HASH_CIPHER;
    switch (engine->transform->cipher) {
    case AES_GCM:
        job->cipher_mode = IMB_CIPHER_GCM;
        job->hash_alg = IMB_AUTH_AES_GMAC;
        job->enc_keys = job->dec_keys = &engine->gcm_key;
        break;
    case AES_CCM:
        job->cipher_mode = IMB_CIPHER_CCM;
        job->hash_alg = IMB_AUTH_AES_CCM;
        job->chain_order = seal ? IMB_ORDER_HASH_CIPHER : IMB_ORDER_CIPHER_HASH;
        job->enc_keys = job->dec_keys = engine->encryption_keys; /* CTR and CBC-MAC only ever encrypt */
        break;
    case CHACHA20_POLY1305:
        job->cipher_mode = IMB_CIPHER_CHACHA20_POLY1305;
        job->hash_alg = IMB_AUTH_CHACHA20_POLY1305;
        job->enc_keys = job->dec_keys = engine->key;
        break;
    }
    job->key_len_in_bytes = engine->transform->key_octets;
    job->iv_len_in_bytes = engine->transform->salt_octets + IV_OCTETS;
}

static inline void fill(IMB_JOB *job, struct engine *engine, uint32_t index, uint8_t *icv, bool seal)
{
    describe(job, engine, seal);
    job->src = job->dst = engine->packets[index];
    job->cipher_start_src_offset_in_bytes = job->hash_start_src_offset_in_bytes = 0;
    job->msg_len_to_cipher_in_bytes = job->msg_len_to_hash_in_bytes = engine->octets;
    job->iv = engine->nonces[index];
    job->auth_tag_output = icv;
    job->auth_tag_output_len_in_bytes = ICV_OCTETS;
    job->u.GCM.aad = engine->aads[index]; /* CCM's and ChaCha20-Poly1305's members lie at the same place */
    job->u.GCM.aad_len_in_bytes = engine->aad_octets;
}

/* Submits the jobs and flushes the lanes until every one is done; they complete in order. */
static inline void finish(struct engine *engine, uint32_t count)
{
    uint32_t done = IMB_SUBMIT_BURST_NOCHECK(engine->manager, count, engine->jobs);
    while (done < count) {
        uint32_t flushed = IMB_FLUSH_BURST(engine->manager, count - done, engine->jobs);
        if (flushed == 0) {
            fprintf(stderr, "ipsec-mb lost %u jobs of %u\n", count - done, count);
            exit(1);
        }
        done += flushed;
    }
}

static inline void take_jobs(struct engine *engine, uint32_t count)
{
    if (IMB_GET_NEXT_BURST(engine->manager, count, engine->jobs) == count)
        return;
    fprintf(stderr, "ipsec-mb has no room for %u jobs\n", count);
    exit(1);
}

/* Version 1.4 dispatches a burst by identifiers that depend on cipher, hash, direction and key length alone. */
static inline void identify(struct engine *engine, IMB_JOB *job)
{
#if IMB_VERSION_NUM >= 0x10400
    engine->manager->set_suite_id(engine->manager, job);
#else
    (void)engine;
    (void)job;
#endif
}

static void seal_burst(struct engine *engine, uint32_t first, uint32_t count)
{
    take_jobs(engine, count);
    for (uint32_t j = 0; j < count; j++) {
        uint32_t i = first + j;
        engine_number(engine, i, ++engine->sequence);
        fill(engine->jobs[j], engine, i, engine->packets[i] + engine->octets, true);
        identify(engine, engine->jobs[j]);
    }
    finish(engine, count);
}

static uint32_t open_burst(struct engine *engine, uint32_t first, uint32_t count)
{
    uint64_t oldest = engine->sequence - WORKING_SET;
    take_jobs(engine, count);
    for (uint32_t j = 0; j < count; j++) {
        uint32_t i = first + j;
        engine_number(engine, i, oldest + i + 1);
        fill(engine->jobs[j], engine, i, engine->computed_icvs[i], false);
        identify(engine, engine->jobs[j]);
    }
    finish(engine, count);
    uint32_t right = 0;
    for (uint32_t i = first; i < first + count; i++)
        right += engine_icv_is_right(engine, i);
    return right;
}

const struct interface burst_interface = { everything, seal_burst, open_burst };
