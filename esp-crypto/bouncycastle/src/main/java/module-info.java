/** The Bouncy Castle provider. */
module io.esp4j.crypto.bouncycastle {
    requires io.esp4j.crypto;
    requires org.bouncycastle.provider;

    provides io.esp4j.crypto.CryptoProvider with
            io.esp4j.crypto.bouncycastle.BouncyCastleCryptoProvider;
}
