/* A pair of SAs of librte_ipsec, one for each direction of an IPv4 tunnel, that understand each other. */
#ifndef PEERS_DPDK_TUNNEL_H
#define PEERS_DPDK_TUNNEL_H

#include <stdbool.h>

#include <rte_ipsec.h>

#include "../common/options.h"
#include "../common/transform.h"
#include "environment.h"

enum { OUTER_OCTETS = 20, ESP_OCTETS = 8, TUNNEL_SPI = 0x1000 };

struct tunnel {
    struct rte_ipsec_session outbound;
    struct rte_ipsec_session inbound;
    uint8_t key[LARGEST_KEY];
    uint8_t salt[4];
    uint32_t template_sum; /* of the 16-bit words of the outer header that are the same in every packet */
};

/* Ends the program with a message when librte_ipsec refuses the SA. */
void tunnel_open(struct tunnel *tunnel, const struct environment *environment, const struct transform *transform,
    bool esn, const struct options *options);

void tunnel_close(struct tunnel *tunnel, const struct environment *environment);

#endif
