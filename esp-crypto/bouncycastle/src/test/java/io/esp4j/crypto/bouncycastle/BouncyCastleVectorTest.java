package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.ProviderVectorContractTest;

class BouncyCastleVectorTest extends ProviderVectorContractTest {
    @Override
    protected CryptoProvider provider() {
        return new BouncyCastleCryptoProvider();
    }
}
