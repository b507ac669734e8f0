package io.esp4j.crypto;

/**
 * Computes by way of the Java Cryptography Architecture, and can be bound to any provider of it. The {@code jdk} provider
 * is one; {@link CryptoProviders#jca} is the way to use it.
 */
public interface JcaBinding {

    /**
     * A crypto provider that takes its algorithms from a JCA provider.
     *
     * @param jcaProvider the name under which it is installed, such as {@code AmazonCorrettoCryptoProvider}
     * @return a provider, unavailable if no such JCA provider is installed
     */
    CryptoProvider bind(String jcaProvider);
}
