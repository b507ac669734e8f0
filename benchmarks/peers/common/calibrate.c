/*
 * What a fixed amount of work takes, in nanoseconds: the median of nine attempts, 30 ms in all. `compare` runs it
 * around everything it measures, to see whether the machine changed its speed meanwhile. Four independent chains of
 * multiplications over a buffer of the first-level cache feel the clock as well as a neighbour on the same core.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORDS = 2048, PASSES = 4000, ATTEMPTS = 9 };

static uint64_t words[WORDS];

static double nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static uint64_t work(void)
{
    uint64_t a = 1, b = 2, c = 3, d = 4;
    for (int pass = 0; pass < PASSES; pass++)
        for (int i = 0; i < WORDS; i += 4) {
            a = (a ^ words[i]) * 0x9e3779b97f4a7c15;
            b = (b ^ words[i + 1]) * 0xbf58476d1ce4e5b9;
            c = (c ^ words[i + 2]) * 0x94d049bb133111eb;
            d = (d ^ words[i + 3]) * 0xd6e8feb86659fd93;
        }
    return a ^ b ^ c ^ d;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(void)
{
    memset(words, 0x5a, sizeof(words));
    double took[ATTEMPTS];
    uint64_t sum = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        double begin = nanos();
        sum ^= work();
        took[attempt] = nanos() - begin;
    }
    qsort(took, ATTEMPTS, sizeof(took[0]), by_value);
    printf("%.0f\n", took[ATTEMPTS / 2]);
    return sum == 42; /* keeps the work alive */
}
