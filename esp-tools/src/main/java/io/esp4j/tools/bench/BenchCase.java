package io.esp4j.tools.bench;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.Transform;

/**
 * What one measurement is of: tunnel mode over IPv4.
 *
 * @param provider computes the transform
 * @param transform the algorithms
 * @param esn whether sequence numbers are 64 bits long
 * @param innerOctets the length of the inner packet
 * @param burst packets handed over at a time
 * @param window the size of the anti-replay window, in packets
 */
record BenchCase(CryptoProvider provider, Transform transform, boolean esn, int innerOctets, int burst, int window) {}
