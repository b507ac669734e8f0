package io.esp4j.tools.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SelftestTest {
    /** Seals nothing and says that it did. */
    private record Liar(Availability availability) implements CryptoProvider {
        @Override
        public String name() {
            return "liar";
        }

        @Override
        public boolean supports(Transform transform) {
            return transform.name().equals("aes128gcm16");
        }

        @Override
        public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
            return new CryptoKey() {
                @Override
                public Transform transform() {
                    return transform;
                }

                @Override
                public boolean esn() {
                    return esn;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public CryptoContext newContext() {
            return new CryptoContext() {
                @Override
                public CryptoSession session(CryptoKey key) {
                    return new CryptoSession() {
                        @Override
                        public void seal(CryptoBurst burst, int from, int to) {
                            done(burst, from, to);
                        }

                        @Override
                        public void open(CryptoBurst burst, int from, int to, boolean restore) {
                            done(burst, from, to);
                        }

                        @Override
                        public void close() {}
                    };
                }

                @Override
                public void close() {}
            };
        }

        private static void done(CryptoBurst burst, int from, int to) {
            for (int i = from; i < to; i++) {
                burst.complete(i, CryptoBurst.DONE);
            }
        }
    }

    private static String run(int expectedStatus, CryptoProvider provider) {
        StringWriter out = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), false, false);
        SelftestCommand command = new SelftestCommand(terminal, CryptoProviders.of(List.of(provider)));
        assertEquals(expectedStatus, new CommandLine(command).execute());
        return out.toString();
    }

    @Test
    void shouldReportEveryProviderAndItsTests() {
        EspRun run = EspRun.of("selftest");
        assertEquals(0, run.status(), run.out());
        assertTrue(
                run.out().matches("(?s).*\\d\\. jdk: loaded \\(.*\\R   known-answer tests: \\d+ passed, 0 failed.*"),
                run.out());
        assertTrue(run.out().contains("bouncycastle"), run.out());
        for (Transform transform : Transform.all()) {
            assertTrue(run.out().contains("\n" + transform.name() + " "), transform.name());
        }
        assertFalse(run.out().contains("FAILED"), run.out());
    }

    @Test
    void shouldFailWhenKnownAnswerTestFails() {
        String out = run(1, new Liar(Availability.available("here")));
        assertTrue(out.contains("1. liar: loaded (here)"), out);
        assertTrue(out.contains("0 passed, 1 failed"), out);
        assertTrue(out.contains("FAILED aes128gcm16: "), out);
        assertTrue(out.contains("FAILED: 1 known-answer tests"), out);
        assertTrue(out.matches("(?s).*aes128gcm16 +RFC 4106 +none.*"), out);
    }

    @Test
    void shouldSayWhyProviderIsNotUsed() {
        String out = run(0, new Liar(Availability.unavailable("library missing")));
        assertTrue(out.contains("1. liar: not used (library missing)"), out);
    }

    @Test
    void shouldMeasureWhatIsAskedFor() {
        EspRun run = EspRun.of("selftest", "--measure", "--transform", "null-sha256");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().matches("(?s).*null-sha256 +jdk +\\d+ +\\d+ +\\d+\\.\\d\\d\\R.*"), run.out());
    }

    @Test
    void shouldRefuseUnknownTransforms() {
        EspRun run = EspRun.of("selftest", "--measure", "--transform", "rot13");
        assertEquals(2, run.status());
        assertTrue(run.err().startsWith("esp: --transform: unknown transform \"rot13\""), run.err());
        assertEquals(2, EspRun.of("selftest", "--transform", "null-sha256").status());
    }
}
