package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.natives.Installed;
import io.esp4j.crypto.testing.CryptoProviderContractTest;
import io.esp4j.crypto.testing.OracleContractTest;
import io.esp4j.crypto.testing.ProviderVectorContractTest;
import io.esp4j.crypto.testing.SharingContractTest;
import io.esp4j.crypto.testing.TamperContractTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The suites that every provider passes. */
class OpenSslContractTest {
    private static final OpenSslProvider PROVIDER = new OpenSslProvider();

    @BeforeEach
    void assumeInstalled() {
        Installed.assume(PROVIDER);
    }

    @Nested
    class Contract extends CryptoProviderContractTest {
        @Override
        protected CryptoProvider provider() {
            return PROVIDER;
        }
    }

    @Nested
    class Vectors extends ProviderVectorContractTest {
        @Override
        protected CryptoProvider provider() {
            return PROVIDER;
        }
    }

    @Nested
    class Oracle extends OracleContractTest {
        @Override
        protected CryptoProvider provider() {
            return PROVIDER;
        }
    }

    @Nested
    class Tamper extends TamperContractTest {
        @Override
        protected CryptoProvider provider() {
            return PROVIDER;
        }
    }

    @Nested
    class Sharing extends SharingContractTest {
        @Override
        protected CryptoProvider provider() {
            return PROVIDER;
        }
    }
}
