package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.CString;
import io.esp4j.crypto.natives.binding.LibrarySearch;
import io.esp4j.crypto.natives.binding.Linkage;
import io.esp4j.crypto.natives.binding.NativeCall;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.natives.binding.NativeLibrary;
import io.esp4j.crypto.natives.binding.NativeLoadException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The loaded libcrypto: the functions that we call, the algorithms that it has. Threads: immutable. */
public final class OpenSslLibrary {
    /** System property that names the library's file. */
    static final String PROPERTY = "esp4j.openssl.library";

    private static final List<String> NAMES = List.of("libcrypto.so.3");
    private static final int VERSION_MAJOR = 3;
    private static final int VERSION_TEXT = 0;

    private final String description;
    private final Map<String, Long> ciphers = new HashMap<>();
    private final Map<Integrity, String> digests = new EnumMap<>(Integrity.class);
    private final long hmac;

    final NativeCall.Of1 cipherContextNew;
    final NativeCall.Of1 cipherContextFree;
    final NativeCall.Of6 cipherSetKey;
    final NativeCall.Of2 cipherSetPadding;
    final NativeCall.Of6 cipherSetIv;
    final NativeCall.Of4 cipherControl;
    final NativeCall.Of5 cipherUpdate;
    final NativeCall.Of3 cipherFinal;
    final NativeCall.Of1 macContextNew;
    final NativeCall.Of1 macContextFree;
    final NativeCall.Of4 macSetKey;
    final NativeCall.Of4 macStart;
    final NativeCall.Of3 macUpdate;
    final NativeCall.Of4 macFinal;
    final NativeCall.Of1 clearErrors;

    private OpenSslLibrary(NativeLibrary library, Binding binding, NativeHeap heap) throws NativeLoadException {
        if (!library.has("OPENSSL_version_major")) {
            throw new NativeLoadException(
                    library.file() + " is not libcrypto of OpenSSL 3: it has no OPENSSL_version_major");
        }
        int major = (int) library.function("OPENSSL_version_major", NativeCall.Of1.class, Linkage.ORDINARY)
                .call(0);
        String text = library.text(library.function("OpenSSL_version", NativeCall.Of1.class, Linkage.ORDINARY)
                .call(VERSION_TEXT));
        if (major != VERSION_MAJOR) {
            throw new NativeLoadException(library.file() + " is " + text + ", expected OpenSSL 3");
        }
        description = text + ", through " + binding.name() + ", " + library.file();
        cipherContextNew = library.function("EVP_CIPHER_CTX_new", NativeCall.Of1.class, Linkage.ORDINARY);
        cipherContextFree = library.function("EVP_CIPHER_CTX_free", NativeCall.Of1.class, Linkage.ORDINARY);
        cipherSetKey = library.function("EVP_CipherInit_ex2", NativeCall.Of6.class, Linkage.ORDINARY);
        cipherSetPadding = library.function("EVP_CIPHER_CTX_set_padding", NativeCall.Of2.class, Linkage.ORDINARY);
        cipherSetIv = library.function("EVP_CipherInit_ex2", NativeCall.Of6.class, Linkage.BRIEF);
        cipherControl = library.function("EVP_CIPHER_CTX_ctrl", NativeCall.Of4.class, Linkage.BRIEF);
        cipherUpdate = library.function("EVP_CipherUpdate", NativeCall.Of5.class, Linkage.BRIEF);
        cipherFinal = library.function("EVP_CipherFinal_ex", NativeCall.Of3.class, Linkage.BRIEF);
        macContextNew = library.function("EVP_MAC_CTX_new", NativeCall.Of1.class, Linkage.ORDINARY);
        macContextFree = library.function("EVP_MAC_CTX_free", NativeCall.Of1.class, Linkage.ORDINARY);
        macSetKey = library.function("EVP_MAC_init", NativeCall.Of4.class, Linkage.ORDINARY);
        macStart = library.function("EVP_MAC_init", NativeCall.Of4.class, Linkage.BRIEF);
        macUpdate = library.function("EVP_MAC_update", NativeCall.Of3.class, Linkage.BRIEF);
        macFinal = library.function("EVP_MAC_final", NativeCall.Of4.class, Linkage.BRIEF);
        clearErrors = library.function("ERR_clear_error", NativeCall.Of1.class, Linkage.BRIEF);
        NativeCall.Of3 fetchCipher = library.function("EVP_CIPHER_fetch", NativeCall.Of3.class, Linkage.ORDINARY);
        NativeCall.Of3 fetchMac = library.function("EVP_MAC_fetch", NativeCall.Of3.class, Linkage.ORDINARY);
        for (int bits : new int[] {128, 192, 256}) {
            for (String mode : new String[] {"GCM", "CCM", "CBC"}) {
                fetch(heap, fetchCipher, "AES-" + bits + "-" + mode);
            }
        }
        fetch(heap, fetchCipher, "ChaCha20-Poly1305");
        hmac = CString.with(heap, "HMAC", name -> fetchMac.call(0, name, 0));
        digests.put(Integrity.HMAC_SHA1_96, "SHA1");
        digests.put(Integrity.HMAC_SHA256_128, "SHA2-256");
        digests.put(Integrity.HMAC_SHA384_192, "SHA2-384");
        digests.put(Integrity.HMAC_SHA512_256, "SHA2-512");
        clearErrors.call(0);
    }

    static OpenSslLibrary load(Binding binding, NativeHeap heap) throws NativeLoadException {
        return LibrarySearch.load(
                PROPERTY, NAMES, file -> new OpenSslLibrary(NativeLibrary.load(file, binding, heap), binding, heap));
    }

    private void fetch(NativeHeap heap, NativeCall.Of3 function, String name) {
        long cipher = CString.with(heap, name, text -> function.call(0, text, 0));
        if (cipher != 0) {
            ciphers.put(name, cipher);
        }
    }

    /** {@return version, binding and file} */
    String description() {
        return description;
    }

    boolean has(Transform transform) {
        return (transform.cipher() == Cipher.NULL || ciphers.containsKey(cipherName(transform)))
                && (transform.integrity() == Integrity.COMBINED || hmac != 0);
    }

    /** {@return the fetched cipher of a transform that is not NULL; lives as long as the library} */
    long cipher(Transform transform) {
        return ciphers.get(cipherName(transform));
    }

    /** {@return the fetched HMAC; lives as long as the library} */
    long hmac() {
        return hmac;
    }

    /** {@return OpenSSL's name of a digest} */
    String digest(Integrity integrity) {
        return digests.get(integrity);
    }

    private static String cipherName(Transform transform) {
        String aes = "AES-" + transform.keyOctets() * Byte.SIZE + "-";
        return switch (transform.cipher()) {
            case AES_GCM, AES_GMAC -> aes + "GCM";
            case AES_CCM -> aes + "CCM";
            case AES_CBC -> aes + "CBC";
            case CHACHA20_POLY1305 -> "ChaCha20-Poly1305";
            case NULL -> throw new IllegalArgumentException("NULL is no cipher");
        };
    }
}
