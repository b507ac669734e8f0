#include "meter.h"

#include <stdlib.h>
#include <time.h>

double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

struct clock clock_calibrate(void)
{
    struct clock clock = { .section_ticks = UINT64_MAX };
    double begin_seconds = clock_seconds();
    uint64_t begin_ticks = ticks_now();
    while (clock_seconds() < begin_seconds + 0.05) {
        uint64_t begin = ticks_now();
        uint64_t empty = ticks_now() - begin;
        if (empty < clock.section_ticks)
            clock.section_ticks = empty;
    }
    uint64_t ticks = ticks_now() - begin_ticks;
    clock.nanos_per_tick = (clock_seconds() - begin_seconds) * 1e9 / (double)ticks;
    return clock;
}

void meter_reset(struct meter *meter)
{
    meter->sample_count = 0;
    meter->ticks = 0;
    meter->sections = 0;
}

void meter_sample(struct meter *meter, const struct clock *clock, uint32_t packets_per_section)
{
    double nanos = (double)meter->ticks * clock->nanos_per_tick;
    if (nanos < 1e6 || meter->sample_count == METER_SAMPLES)
        return;
    nanos -= (double)(meter->sections * clock->section_ticks) * clock->nanos_per_tick;
    meter->samples[meter->sample_count++] = nanos / (double)(meter->sections * packets_per_section);
    meter->ticks = 0;
    meter->sections = 0;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

double meter_median(struct meter *meter)
{
    if (meter->sample_count == 0)
        return 0;
    qsort(meter->samples, meter->sample_count, sizeof(meter->samples[0]), by_value);
    return meter->samples[meter->sample_count / 2];
}
