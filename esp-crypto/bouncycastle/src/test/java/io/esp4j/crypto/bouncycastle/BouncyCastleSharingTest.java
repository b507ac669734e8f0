package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.SharingContractTest;

class BouncyCastleSharingTest extends SharingContractTest {
    @Override
    protected CryptoProvider provider() {
        return new BouncyCastleCryptoProvider();
    }
}
