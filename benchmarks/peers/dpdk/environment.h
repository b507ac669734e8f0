/* DPDK brought up for one process without huge pages, root or network devices: EAL, the crypto device, the pools. */
#ifndef PEERS_DPDK_ENVIRONMENT_H
#define PEERS_DPDK_ENVIRONMENT_H

#include <rte_mempool.h>

#define CRYPTO_DEVICE "crypto_aesni_gcm"

struct environment {
    uint8_t device; /* of CRYPTO_DEVICE */
    struct rte_mempool *packets;
    struct rte_mempool *sessions;
};

/* Ends the program with a message when DPDK cannot start here. */
struct environment environment_start(const char *program);

void environment_stop(const struct environment *environment);

#endif
