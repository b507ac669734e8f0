/* What must hold before a figure is worth printing. Each check ends the program with a message. */
#ifndef PEERS_DPDK_CHECKS_H
#define PEERS_DPDK_CHECKS_H

#include <rte_mbuf.h>

#include "tunnel.h"

/* Allocates COUNT packets that hold an inner IPv4 packet of SIZE octets, each with a payload of its own. */
void make_inner(struct rte_mempool *pool, struct rte_mbuf **packets, uint32_t count, uint32_t size);

/* The packets are octet for octet what make_inner wrote. */
void check_inner(struct rte_mbuf **packets, uint32_t count, uint32_t size);

/*
 * One packet there and back: the outer header and the ESP header are right field by field, ciphertext and ICV are what
 * an independent library makes of the same plaintext, and the inner packet comes back.
 */
void check_wire(struct tunnel *tunnel, const struct transform *transform, bool esn, struct rte_mbuf *packet,
    uint32_t size);

/* The replay window works: a second copy of a packet is refused. */
void check_replay(struct tunnel *tunnel, struct rte_mbuf *packet, uint32_t size);

#endif
