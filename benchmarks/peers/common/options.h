/* The command line that every peer program shares with `esp bench`: which figures to take, and for how long. */
#ifndef PEERS_OPTIONS_H
#define PEERS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OPTIONS_LIST 16

enum { SMALLEST_INNER = 20, LARGEST_INNER = 9000, LARGEST_BURST = 32 };

struct options {
    const char *transforms[OPTIONS_LIST];
    size_t transform_count;
    uint32_t sizes[OPTIONS_LIST]; /* octets of the inner IPv4 packet */
    size_t size_count;
    uint32_t bursts[OPTIONS_LIST]; /* packets a call; each divides the working set of 32 */
    size_t burst_count;
    bool esn[2];
    size_t esn_count;
    uint32_t window; /* packets of the replay window */
    double seconds;  /* for each figure */
    bool wait;       /* for a line on standard input, once warm */
    bool outer_checksum;
    bool header_bits; /* carry DSCP and ECN between inner and outer header */
};

/* Fills OPTIONS from the arguments, or says what is wrong on standard error and exits with status 2. */
void options_parse(struct options *options, int argc, char **argv);

/* With --wait: says "ready", and returns after a line of standard input, or its end. */
void options_wait(const struct options *options);

/* True when the transform was named, or none was. */
bool options_wants(const struct options *options, const char *transform);

#endif
