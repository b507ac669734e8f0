package io.esp4j.crypto.jdk;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.CryptoProviderContractTest;

class JdkProviderContractTest extends CryptoProviderContractTest {
    @Override
    protected CryptoProvider provider() {
        return new JdkCryptoProvider();
    }
}
