/**
 * The {@code openssl} provider: libcrypto 3, through its EVP interface; for processors that ipsec-mb is not made for, AArch64 among
 * them, and for AES-CCM with 192-bit keys.
 *
 * <p>EVP works on one message at a time and is driven by several calls per packet. What can be done once is: ciphers and
 * MACs are fetched when the library is loaded, a session makes its cipher contexts (one per direction, at its first
 * use) with the key set, and a packet sets only its IV. Nothing is allocated per packet on either side.
 *
 * <p>libcrypto compares ICVs itself, in constant time, after it decrypted in place; so a refused packet is sealed again to
 * restore it, or zeroised. AES-CCM is opened into memory of the context instead, because libcrypto wipes what it refuses.
 */
package io.esp4j.crypto.natives.openssl;
