package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.TamperContractTest;

class BouncyCastleTamperTest extends TamperContractTest {
    @Override
    protected CryptoProvider provider() {
        return new BouncyCastleCryptoProvider();
    }
}
