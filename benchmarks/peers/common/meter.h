/*
 * Time of a section of code in ticks of the time stamp counter, and the median cost a packet over many such sections.
 *
 * A section is one pass over the working set in one direction. Sections are summed into samples of about a
 * millisecond; the figure is the median sample, so that a preemption costs one sample and not the mean.
 */
#ifndef PEERS_METER_H
#define PEERS_METER_H

#include <stdint.h>
#include <x86intrin.h>

#define METER_SAMPLES 65536
#define METER_FEWEST 5 /* samples that a median needs, however short the time asked for */

struct meter {
    double samples[METER_SAMPLES]; /* nanoseconds a packet */
    uint32_t sample_count;
    uint64_t ticks; /* of the sample under way */
    uint64_t sections;
};

struct clock {
    double nanos_per_tick;
    uint64_t section_ticks; /* what an empty section measures; taken off every section */
};

/* Compares the time stamp counter with the monotonic clock; takes 50 ms. */
struct clock clock_calibrate(void);

/* Seconds of the monotonic clock. */
double clock_seconds(void);

static inline uint64_t ticks_now(void)
{
    _mm_lfence(); /* everything before has retired, nothing after has begun */
    uint64_t ticks = __rdtsc();
    _mm_lfence();
    return ticks;
}

void meter_reset(struct meter *meter);

static inline void meter_add(struct meter *meter, uint64_t ticks)
{
    meter->ticks += ticks;
    meter->sections++;
}

/* Closes the sample under way if it lasted a millisecond. */
void meter_sample(struct meter *meter, const struct clock *clock, uint32_t packets_per_section);

/* Median nanoseconds a packet; sorts the samples. */
double meter_median(struct meter *meter);

#endif
