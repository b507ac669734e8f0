/**
 * The provider that needs nothing but a JDK, and the same code bound to another provider of the Java Cryptography
 * Architecture.
 *
 * <p>{@link io.esp4j.crypto.jdk.JdkCryptoProvider} makes {@code JcaKey}s; a {@code CombinedSession}, {@code GmacSession} or
 * {@code SeparateSession} lays out the packet and leaves the computing to an {@code Aead}, a {@code Cbc} and an {@code Hmac},
 * which know nothing of ESP and can be tested with any published vector.
 *
 * <p>What JCA costs per packet, and what is done about it:
 * <ul>
 *   <li>GCM and ChaCha20-Poly1305 must be initialised for each nonce. {@code NonceCipher} does that with parameter
 *       objects used again and again; what is left are the 850 octets or so that the JDK's GCM allocates itself.
 *   <li>CBC and CBC-MAC are never initialised again: with an IV of zeros fixed in the cipher, XORing the packet's IV into
 *       the first block is CBC under that IV. They allocate nothing.
 *   <li>HMAC is computed from the hash, whose {@code digest} into an array allocates nothing.
 *   <li>A wrong ICV surfaces in JCA as an exception; it ends inside {@code JceAead}.
 * </ul>
 */
package io.esp4j.crypto.jdk;
