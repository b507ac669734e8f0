/*
 * What a fixed amount of work takes, in nanoseconds: the median of nine attempts, 10 ms in all. It runs
 * around or among everything that `rounds.py` and `turns.py` measure, to see whether the machine changed its speed meanwhile. The work is of AES-GCM's kind,
 * eight blocks at a time with products of eight others between their rounds, over a buffer of the first-level cache: on a
 * shared machine that runs at two speeds 7 % apart, between which a chain of multiplications shows no difference.
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BLOCKS = 1024, LANES = 8, ROUNDS = 10, PASSES = 300, ATTEMPTS = 9 };

static __m128i blocks[BLOCKS];

static double nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

__attribute__((target("aes,pclmul,avx"))) static __m128i eight_blocks(__m128i *at, __m128i counter, __m128i sum)
{
    const __m128i key = _mm_set1_epi8(0x5a), factor = _mm_set1_epi8(0x33);
    __m128i lanes[LANES];
    for (int lane = 0; lane < LANES; lane++)
        lanes[lane] = _mm_shuffle_epi8(_mm_add_epi32(counter, _mm_set1_epi32(lane)), factor);
    for (int round = 0; round < ROUNDS; round++) {
        for (int lane = 0; lane < LANES; lane++)
            lanes[lane] = _mm_aesenc_si128(lanes[lane], key);
        if (round < LANES) {
            __m128i block = _mm_xor_si128(at[round], counter);
            sum = _mm_xor_si128(sum, _mm_clmulepi64_si128(block, factor, 0x00));
            sum = _mm_xor_si128(sum, _mm_clmulepi64_si128(block, factor, 0x01));
            sum = _mm_xor_si128(sum, _mm_clmulepi64_si128(block, factor, 0x10));
            sum = _mm_xor_si128(sum, _mm_clmulepi64_si128(block, factor, 0x11));
        }
    }
    for (int lane = 0; lane < LANES; lane++)
        at[lane] = _mm_xor_si128(at[lane], lanes[lane]);
    return sum;
}

__attribute__((target("aes,pclmul,avx"))) static uint64_t work(void)
{
    __m128i sum = _mm_setzero_si128();
    for (int pass = 0; pass < PASSES; pass++)
        for (int i = 0; i < BLOCKS; i += LANES)
            sum = eight_blocks(blocks + i, _mm_set1_epi32(i), sum);
    return (uint64_t)_mm_cvtsi128_si64(sum);
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(void)
{
    if (!__builtin_cpu_supports("aes") || !__builtin_cpu_supports("pclmul") || !__builtin_cpu_supports("avx")) {
        fprintf(stderr, "calibrate: this processor has no AES-NI, PCLMULQDQ or AVX\n");
        return 1;
    }
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
