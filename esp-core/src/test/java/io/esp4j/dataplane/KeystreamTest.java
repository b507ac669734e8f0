package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.esp4j.wire.Packets;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeystreamTest {
    /** The key and the counter of NIST SP 800-38A, F.5.5, and what the cipher makes of the four counter blocks there. */
    private static final String KEY = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";

    private static final String COUNTER = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    private static final String BLOCKS = "0bdf7df1591716335e9a8b15c860c502" + "5a6e699d536119065433863c8f657b94"
            + "1bc12c9c01610d5d0d8bd6a3378eca62" + "2956e1c8693536b1bee99c73a31576b6";

    /** Gives octets that were fixed before. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] octets;
        private int given;

        Fixed(String hex) {
            octets = HexFormat.of().parseHex(hex);
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(octets, given, into, 0, into.length);
            given += into.length;
        }
    }

    private static byte[] drawn(RandomGenerator generator, int octets) {
        byte[] drawn = new byte[octets];
        generator.nextBytes(drawn);
        return drawn;
    }

    private static RandomGenerator published() {
        return Keystream.of(new Fixed(KEY + COUNTER));
    }

    @Test
    @DisplayName("R36 random octets are those of NIST SP 800-38A F.5.5 for its key and counter")
    void shouldGiveThePublishedBlocks() {
        assertEquals(BLOCKS, HexFormat.of().formatHex(drawn(published(), 64)));
        assertEquals(0x0bdf7df159171633L, published().nextLong());
    }

    @Test
    void shouldGoOnWhereItWasHoweverLongTheDraws() {
        byte[] whole = drawn(published(), 3000);
        RandomGenerator generator = published();
        int at = 0;
        for (int octets : new int[] {1, 15, 512, 513, 0, 1024, 935}) {
            assertArrayEquals(Packets.slice(whole, at, at + octets), drawn(generator, octets), "at " + at);
            at += octets;
        }
        assertEquals(whole.length, at);
    }

    @Test
    void shouldTakeTheJdksCipherWhateverProviderComesFirst() {
        Security.insertProviderAt(SilentCipher.provider(), 1);
        try {
            assertEquals(BLOCKS, HexFormat.of().formatHex(drawn(published(), 64)));
        } finally {
            Security.removeProvider(SilentCipher.PROVIDER);
        }
    }

    @Test
    void shouldGiveTheSeedsThemselvesWithoutTheJdksCipher() {
        Provider jdk = Security.getProvider("SunJCE");
        int position = List.of(Security.getProviders()).indexOf(jdk) + 1;
        Security.removeProvider("SunJCE");
        try {
            SecureRandom seeds = new SecureRandom();
            assertSame(seeds, Keystream.of(seeds));
        } finally {
            Security.insertProviderAt(jdk, position);
        }
    }
}
