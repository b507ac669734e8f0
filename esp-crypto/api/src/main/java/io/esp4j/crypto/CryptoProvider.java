package io.esp4j.crypto;

/**
 * Computes transforms. Found by {@link java.util.ServiceLoader}, or made by the caller.
 *
 * <p>The constructor of a provider never fails and loads nothing heavy: what is missing (a class, a library, the right
 * version of it) is told by {@link #availability()}. Threads: safe to share.
 */
public interface CryptoProvider {

    /** {@return a short name in lower case, such as {@code jdk}} */
    String name();

    /** {@return whether it can be used here, and if not why; found out at the first call and then fixed} */
    Availability availability();

    /**
     * {@return whether it computes a transform; false for all of them if it is not available}
     *
     * @param transform the transform
     */
    boolean supports(Transform transform);

    /**
     * Expands keying material.
     *
     * @param transform what the key is for
     * @param esn whether sequence numbers are 64 bits long (their high half is authenticated)
     * @param material key octets of the transform's lengths; copied, not kept
     * @return a key of this provider
     * @throws IllegalArgumentException if the transform is not supported or a length is wrong
     */
    CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material);

    /**
     * What one thread needs of this provider, whatever the number of keys: a native manager, scratch memory.
     *
     * @return a new context
     */
    CryptoContext newContext();
}
