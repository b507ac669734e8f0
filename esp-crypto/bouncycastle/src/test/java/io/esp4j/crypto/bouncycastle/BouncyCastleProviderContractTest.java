package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.CryptoProviderContractTest;

class BouncyCastleProviderContractTest extends CryptoProviderContractTest {
    @Override
    protected CryptoProvider provider() {
        return new BouncyCastleCryptoProvider();
    }
}
