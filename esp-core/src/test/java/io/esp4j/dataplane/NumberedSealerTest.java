package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.replay.SequenceCounter;
import io.esp4j.wire.NextHeader;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedSealerTest {
    private static final byte[] INNER = v4().build();

    @ParameterizedTest
    @ValueSource(strings = {"aes128gcm16", "aes256gcm16-iiv", "chacha20poly1305", "null-sha256"})
    @DisplayName("a packet sealed under a given number is what a worker makes of it when its counter stands there")
    void shouldMakeWhatAWorkerMakes(String name) {
        Transform transform = Transform.named(name);
        long number = 0x2_0000_0007L;
        try (Gateways ends = Gateways.of(Sas.tunnel(transform).esn(true).sequence(number - 1))) {
            byte[] wire = ends.seal(INNER);
            CryptoKey key = Gateways.JDK.expand(transform, true, ends.keys.material());
            try (CryptoContext context = Gateways.JDK.newContext()) {
                NumberedSealer sealer =
                        new NumberedSealer(ends.out.parameters(), context.session(key), new SecureRandom());
                Memory memory = Memory.of(new byte[256]);
                memory.write(64, INNER, 0, INNER.length);
                int octets = sealer.seal(memory, 64, INNER.length, NextHeader.IPV4, number);
                byte[] esp = new byte[octets];
                memory.read(64 - sealer.headerOctets(), esp, 0, octets);
                assertArrayEquals(Arrays.copyOfRange(wire, 20, wire.length), esp);
                assertEquals(sealer.headerOctets() + INNER.length + sealer.tailOctets(INNER.length), octets);
                key.close();
                assertEquals(0, sealer.seal(memory, 64, INNER.length, NextHeader.IPV4, number + 1));
            }
        }
    }

    @Test
    @DisplayName("reserved numbers are carried by no packet, and a reservation beyond the end changes nothing")
    void shouldReserve() {
        try (Gateways ends = Gateways.of(Sas.tunnel(Sas.GCM).sequence(0xffff_fff0L))) {
            assertEquals(0xffff_fff1L, ends.out.reserve(4));
            assertEquals(0xffff_fff4L, ends.out.lastSequence());
            assertEquals(SequenceCounter.EXHAUSTED, ends.out.reserve(12));
            assertEquals(0xffff_fff4L, ends.out.lastSequence());
            ends.seal(INNER);
            assertEquals(0xffff_fff5L, ends.out.lastSequence());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 64, 100})
    @DisplayName("a window whose contents are lost accepts nothing that it may have accepted before")
    void shouldCountAllAsReceived(long top) {
        try (Gateways lost = Gateways.of(
                Sas.tunnel(Sas.GCM).replayWindow(64), // the same key, another window
                Sas.tunnel(Sas.GCM).replayWindow(64).sequence(top).allReceived(true))) {
            for (long number = 1; number <= top; number++) {
                InboundOutcome expected = number + 64 <= top ? InboundOutcome.TOO_OLD : InboundOutcome.REPLAYED;
                assertEquals(expected, lost.tryOpen(lost.seal(INNER)), "number " + number);
            }
            assertArrayEquals(INNER, lost.open(lost.seal(INNER)));
        }
    }
}
