package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.testing.TamperContractTest;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A JCA provider other than the JDK's, chosen by name. */
class JcaOverBouncyCastleTamperTest extends TamperContractTest {
    static {
        Security.addProvider(new BouncyCastleProvider());
    }

    private final CryptoProvider provider = CryptoProviders.jca(BouncyCastleProvider.PROVIDER_NAME);

    @Override
    protected CryptoProvider provider() {
        return provider;
    }
}
