/**
 * ESP transforms and the seam to the providers that compute them.
 *
 * <p>A {@link io.esp4j.crypto.Transform} is what a security association negotiates. A
 * {@link io.esp4j.crypto.CryptoProvider} turns transform and {@link io.esp4j.crypto.KeyingMaterial} into an expanded
 * {@link io.esp4j.crypto.CryptoKey} that all threads share; each worker holds one
 * {@link io.esp4j.crypto.CryptoContext} per provider and gets from it a {@link io.esp4j.crypto.CryptoSession} per key.
 *
 * <p>The seam is a {@link io.esp4j.crypto.CryptoBurst}, a structure of arrays over one memory region. Packets of one key
 * lie side by side in it and form a run; a run is one call, so that a native provider crosses the border once for many
 * packets. Bad input from the wire is a status in the burst, never an exception.
 */
package io.esp4j.crypto;
