/**
 * What a {@link io.esp4j.crypto.CryptoProvider} is built from; for authors of providers, not for users of them.
 *
 * <p>{@link io.esp4j.crypto.provider.EspLayout} is the one place that knows where the parts of an ESP packet lie and how
 * its RFC makes nonce and AAD of them; every provider, native ones too, asks it. {@link
 * io.esp4j.crypto.provider.ExpandedKey} overwrites its octets exactly once, and tells a session that raced with the
 * overwriting. {@link io.esp4j.crypto.provider.ArraySession} is for libraries that compute one packet at a time on Java
 * arrays: it stages packets of direct memory, keeps refused packets as they were, and leaves to its subclass nothing but
 * the algorithm.
 *
 * <p>A packet is opened aside: the plaintext goes to scratch memory of the {@link
 * io.esp4j.crypto.provider.WorkerContext} and is copied over the ciphertext only when the ICV was right. That makes the
 * guarantee of RFC 4303 §3.4.4 (nothing of a refused packet is released) hold by construction, makes restoring the wire
 * octets free, and costs one copy, about 3 % of what the JDK's cipher takes.
 */
package io.esp4j.crypto.provider;
