/** Memory that packets lie in, ESP transforms, the provider seam and the JDK provider. A leaf. */
module io.esp4j.crypto {
    exports io.esp4j.crypto;
    exports io.esp4j.crypto.provider;
    exports io.esp4j.memory;

    uses io.esp4j.crypto.CryptoProvider;

    provides io.esp4j.crypto.CryptoProvider with
            io.esp4j.crypto.jdk.JdkCryptoProvider;
}
