package io.esp4j.crypto.jdk;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.SharingContractTest;

class JdkSharingTest extends SharingContractTest {
    @Override
    protected CryptoProvider provider() {
        return new JdkCryptoProvider();
    }
}
