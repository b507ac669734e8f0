package io.esp4j.dataplane;

import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.EspTrailer;

/**
 * What ESP itself adds to a packet of one SA: header and IV before the payload, padding, trailer and ICV behind it. The
 * lengths are computed once. Threads: immutable.
 */
final class EspFraming {
    private final int spi;
    private final boolean counterIv;
    private final int ivOctets;
    private final int icvOctets;
    private final int alignment;
    private final int headerOctets;

    EspFraming(SaParameters sa) {
        Transform transform = sa.transform();
        spi = sa.spi();
        counterIv = transform.counterIv();
        ivOctets = transform.ivOctets();
        icvOctets = transform.icvOctets();
        alignment = transform.alignment();
        headerOctets = EspHeader.OCTETS + ivOctets;
    }

    int spi() {
        return spi;
    }

    /** {@return octets before the payload} */
    int headerOctets() {
        return headerOctets;
    }

    /** {@return octets behind a payload} */
    int tailOctets(int payloadOctets) {
        return EspTrailer.padding(payloadOctets, alignment) + EspTrailer.OCTETS + icvOctets;
    }

    /** {@return the most octets behind any payload} */
    int maxTailOctets() {
        return alignment - 1 + EspTrailer.OCTETS + icvOctets;
    }

    /** {@return what the cipher processes: payload, padding and trailer} */
    int cipherOctets(int payloadOctets) {
        return payloadOctets + EspTrailer.padding(payloadOctets, alignment) + EspTrailer.OCTETS;
    }

    /** {@return the largest payload whose ESP packet, from SPI to ICV, has no more than so many octets} */
    int maxPayloadOctets(int espOctets) {
        return Math.floorDiv(espOctets - headerOctets - icvOctets, alignment) * alignment - EspTrailer.OCTETS;
    }

    int icvOctets() {
        return icvOctets;
    }

    /**
     * Writes header, IV, padding and trailer around a payload that lies in place.
     *
     * @return octets from SPI to the end of the ICV
     */
    int write(Memory memory, int payloadAt, int payloadOctets, int nextHeader, long sequence, Randomness random) {
        int espAt = payloadAt - headerOctets;
        EspHeader.write(memory, espAt, spi, sequence);
        if (ivOctets != 0) {
            if (counterIv) {
                memory.int64(espAt + EspHeader.OCTETS, sequence);
            } else {
                random.writeIv(memory, espAt + EspHeader.OCTETS, ivOctets);
            }
        }
        int padLength = EspTrailer.padding(payloadOctets, alignment);
        EspTrailer.write(memory, payloadAt + payloadOctets, padLength, nextHeader);
        return headerOctets + payloadOctets + padLength + EspTrailer.OCTETS + icvOctets;
    }
}
