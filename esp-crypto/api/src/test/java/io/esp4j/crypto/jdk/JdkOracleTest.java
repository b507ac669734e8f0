package io.esp4j.crypto.jdk;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.testing.OracleContractTest;

class JdkOracleTest extends OracleContractTest {
    @Override
    protected CryptoProvider provider() {
        return new JdkCryptoProvider();
    }
}
