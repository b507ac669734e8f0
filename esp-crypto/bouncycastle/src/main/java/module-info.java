/** The Bouncy Castle provider. */
module io.esp4j.crypto.bouncycastle {
    requires io.esp4j.crypto;
    requires org.bouncycastle.provider;
}
