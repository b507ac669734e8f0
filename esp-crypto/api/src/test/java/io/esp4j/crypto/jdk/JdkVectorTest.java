package io.esp4j.crypto.jdk;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.ProviderVectorContractTest;

class JdkVectorTest extends ProviderVectorContractTest {
    @Override
    protected CryptoProvider provider() {
        return new JdkCryptoProvider();
    }
}
