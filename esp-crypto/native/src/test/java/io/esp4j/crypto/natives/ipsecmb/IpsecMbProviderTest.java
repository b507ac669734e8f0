package io.esp4j.crypto.natives.ipsecmb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.ProviderReport;
import io.esp4j.crypto.TransformReport;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The provider as the process finds it. */
class IpsecMbProviderTest {
    private final IpsecMbProvider provider = new IpsecMbProvider();

    @BeforeEach
    void assumeInstalled() {
        Availability availability = provider.availability();
        assumeTrue(availability.available(), availability.detail());
    }

    @Test
    void shouldPassTheKnownAnswersOfEverythingItClaims() {
        ProviderReport report =
                CryptoProviders.of(List.<CryptoProvider>of(provider)).report().get(0);
        for (TransformReport transform : report.transforms()) {
            String name = transform.transform().name();
            TransformReport.State expected =
                    name.startsWith("aes192ccm") ? TransformReport.State.UNSUPPORTED : TransformReport.State.PASSED;
            assertEquals(expected, transform.state(), name + ": " + transform.detail());
        }
    }

    @Test
    void shouldBeFoundByTheServiceLoader() {
        assertTrue(CryptoProviders.load().names().contains("ipsec-mb"));
    }
}
