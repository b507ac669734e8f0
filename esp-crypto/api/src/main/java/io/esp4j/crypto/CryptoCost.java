package io.esp4j.crypto;

/**
 * What a provider takes for packets of one length; the lowest 10th percentile over many bursts.
 *
 * @param provider the provider's name
 * @param transform the transform
 * @param packetOctets octets from SPI to the end of the ICV
 * @param sealNanos nanoseconds to seal a packet
 * @param openNanos nanoseconds to open a packet
 */
public record CryptoCost(String provider, Transform transform, int packetOctets, double sealNanos, double openNanos) {}
