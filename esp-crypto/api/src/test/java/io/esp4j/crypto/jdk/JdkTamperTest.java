package io.esp4j.crypto.jdk;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.TamperContractTest;

class JdkTamperTest extends TamperContractTest {
    @Override
    protected CryptoProvider provider() {
        return new JdkCryptoProvider();
    }
}
