package io.esp4j.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.jdk.JdkCryptoProvider;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.crypto.testing.FaultyProvider;
import io.esp4j.crypto.testing.FaultyProvider.Fault;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CryptoProvidersTest {
    private static final Transform GCM = Transform.named("aes256gcm16");

    @Test
    void shouldFindTheJdkAndChooseItForEveryTransform() {
        CryptoProviders providers = CryptoProviders.load();
        assertEquals(List.of("jdk"), providers.names());
        for (Transform transform : Transform.all()) {
            assertEquals("jdk", providers.select(transform).name());
        }
        ProviderReport report = providers.report().get(0);
        assertTrue(report.availability().available());
        assertEquals(Transform.all().size(), report.transforms().size());
        assertTrue(report.transforms().stream().allMatch(t -> t.state() == TransformReport.State.PASSED));
    }

    @Test
    void shouldReportBrokenProvidersAndStart(@TempDir Path directory) throws IOException {
        Path services = directory.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve(CryptoProvider.class.getName()), """
                io.esp4j.crypto.NotThere
                io.esp4j.crypto.BrokenProviders$WithoutClass
                io.esp4j.crypto.BrokenProviders$WithoutLibrary
                io.esp4j.crypto.BrokenProviders$Undecided
                """);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {url(directory)}, getClass().getClassLoader())) {
            CryptoProviders providers = CryptoProviders.load(loader);
            assertEquals("jdk", providers.select(GCM).name());
            assertEquals(List.of("jdk", "undecided"), providers.names());
            List<ProviderReport> reports = providers.report();
            assertEquals(5, reports.size());
            assertReason(reports, "undecided", "UnsatisfiedLinkError: libundecided.so");
            assertReason(reports, "unknown", "NotThere");
            assertReason(reports, "io.esp4j.crypto.BrokenProviders$WithoutClass", "org/example/Missing");
            assertReason(reports, "io.esp4j.crypto.BrokenProviders$WithoutLibrary", "libmissing.so");
        }
    }

    private static URL url(Path directory) throws MalformedURLException {
        return directory.toUri().toURL();
    }

    private static void assertReason(List<ProviderReport> reports, String name, String reason) {
        ProviderReport report =
                reports.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
        assertFalse(report.availability().available());
        assertTrue(
                report.availability().detail().contains(reason),
                report.availability().detail());
    }

    @Test
    void shouldPassOverAProviderThatFailsItsKnownAnswer() {
        for (Fault fault : Fault.values()) {
            CryptoProviders providers = CryptoProviders.of(List.of(new JdkCryptoProvider(), new FaultyProvider(fault)));
            assertEquals(List.of("openssl", "jdk"), providers.names(), "the fixed order");
            assertEquals("jdk", providers.select(GCM).name(), fault::name);
            ProviderReport report = providers.report().get(0);
            TransformReport gcm = report.transforms().stream()
                    .filter(t -> t.transform() == GCM)
                    .findFirst()
                    .orElseThrow();
            assertEquals(TransformReport.State.FAILED, gcm.state());
            assertTrue(gcm.detail().contains(fault.symptom()), gcm.detail());
        }
    }

    @Test
    void shouldRefuseToExpandAKeyOfAProviderThatFails() {
        CryptoProvider named = CryptoProviders.of(List.of(new FaultyProvider(Fault.ACCEPTS_FORGED)))
                .named("openssl");
        assertFalse(named.supports(GCM));
        KeyingMaterial material = KeyingMaterial.of(new byte[36]);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> named.expand(GCM, true, material));
        assertTrue(e.getMessage().contains("a forged packet was not refused"), e.getMessage());
    }

    @Test
    void shouldRunAKnownAnswerTestOnceForAllThreads() throws Exception {
        FaultyProvider counted = new FaultyProvider(Fault.RESTORES_NOTHING);
        CryptoProviders providers = CryptoProviders.of(List.of(counted, new JdkCryptoProvider()));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<CryptoProvider>> chosen = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                chosen.add(threads.submit(() -> providers.select(GCM)));
            }
            for (Future<CryptoProvider> provider : chosen) {
                assertSame(providers.named("jdk"), provider.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, counted.expansions(), "the first of two answers fails");
    }

    @Test
    void shouldSayWhyNothingCanBeChosen() {
        CryptoProviders none = CryptoProviders.of(List.of(new FaultyProvider(Fault.THROWS)));
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> none.select(GCM));
        assertTrue(e.getMessage().contains("aes256gcm16; openssl: known-answer test"), e.getMessage());
    }

    @Test
    void shouldNameTheProvidersThereAreWhenAskedForAnother() {
        CryptoProviders providers = CryptoProviders.load();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> providers.named("opensll"));
        assertTrue(e.getMessage().contains("\"opensll\"") && e.getMessage().contains("[jdk]"), e.getMessage());
    }

    @Test
    void shouldBindAJcaProviderByName() {
        CryptoProvider sunJce = CryptoProviders.jca("SunJCE");
        assertEquals("jca:SunJCE", sunJce.name());
        assertTrue(sunJce.supports(GCM));
        assertFalse(sunJce.supports(Transform.named("null-sha256")), "SunJCE has no hashes");

        CryptoProvider missing = CryptoProviders.jca("NotInstalled");
        assertFalse(missing.availability().available());
        assertTrue(missing.availability().detail().contains("NotInstalled"));
        assertFalse(missing.supports(GCM));
    }

    @Test
    void shouldMeasureSealAndOpen() {
        CryptoCost cost = CryptoProviders.measure(new JdkCryptoProvider(), Transform.named("aes128-sha256"), 50);
        assertEquals(8 + 16 + 64 + 16, cost.packetOctets());
        assertTrue(cost.sealNanos() > 0 && cost.openNanos() > 0);
    }

    @Test
    void shouldNotMeasureWhatFails() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> CryptoProviders.measure(new JdkCryptoProvider(), GCM, EspLayout.MAXIMUM_PACKET_OCTETS));
        assertTrue(e.getMessage().contains("can't be measured"), e.getMessage());
    }
}
