#include "environment.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include <rte_cryptodev.h>
#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_mbuf.h>

enum {
    PACKETS = 63,
    SESSIONS = 16,
    ROOM = RTE_PKTMBUF_HEADROOM + 9728, /* the largest inner packet, headers, trailer, ICV and the AAD behind it */
    POOL_MEGABYTES = 64
};

static void start_eal(const char *program)
{
    char core[32]; /* stay on the core that the caller chose: logical core 0 is where we run now */
    char megabytes[16];
    snprintf(core, sizeof(core), "--lcores=0@%d", sched_getcpu());
    snprintf(megabytes, sizeof(megabytes), "%d", POOL_MEGABYTES);
    char *arguments[] = {
        (char *)program, core, "--no-huge", "--no-shconf", "--no-pci", "--no-telemetry", "-m", megabytes,
        "--vdev=" CRYPTO_DEVICE, "--log-level=lib.*:error", "--log-level=pmd.*:error",
        "--log-level=user*:error", NULL,
    };
    int count = sizeof(arguments) / sizeof(arguments[0]) - 1;
    if (rte_eal_init(count, arguments) < 0) {
        fprintf(stderr, "%s: DPDK does not start: %s\n", program, rte_strerror(rte_errno));
        exit(1);
    }
}

static uint8_t start_device(const char *program, struct rte_mempool *sessions)
{
    int device = rte_cryptodev_get_dev_id(CRYPTO_DEVICE);
    struct rte_cryptodev_config config = { .socket_id = 0, .nb_queue_pairs = 1 };
    struct rte_cryptodev_qp_conf queue = { .nb_descriptors = 64, .mp_session = sessions };
    if (device < 0 || rte_cryptodev_configure((uint8_t)device, &config) != 0
        || rte_cryptodev_queue_pair_setup((uint8_t)device, 0, &queue, 0) != 0
        || rte_cryptodev_start((uint8_t)device) != 0)
        rte_exit(1, "%s: no device %s (Debian: package librte-crypto-ipsec-mb23)\n", program, CRYPTO_DEVICE);
    struct rte_cryptodev_info info;
    rte_cryptodev_info_get((uint8_t)device, &info);
    if ((info.feature_flags & RTE_CRYPTODEV_FF_SYM_CPU_CRYPTO) == 0)
        rte_exit(1, "%s: %s does no CPU crypto\n", program, CRYPTO_DEVICE);
    return (uint8_t)device;
}

struct environment environment_start(const char *program)
{
    start_eal(program);
    int device = rte_cryptodev_get_dev_id(CRYPTO_DEVICE);
    uint32_t session_octets = device < 0 ? 0 : rte_cryptodev_sym_get_private_session_size((uint8_t)device);
    struct environment environment = {
        .packets = rte_pktmbuf_pool_create("packets", PACKETS, 0, 0, ROOM, SOCKET_ID_ANY),
        .sessions = rte_cryptodev_sym_session_pool_create("sessions", SESSIONS, session_octets, 0, 0, SOCKET_ID_ANY),
    };
    if (environment.packets == NULL || environment.sessions == NULL)
        rte_exit(1, "%s: no memory for packets and sessions: %s\n", program, rte_strerror(rte_errno));
    environment.device = start_device(program, environment.sessions);
    return environment;
}

void environment_stop(const struct environment *environment)
{
    rte_cryptodev_stop(environment->device);
    rte_eal_cleanup();
}
