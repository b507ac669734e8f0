/** The native providers, ipsec-mb and OpenSSL, through JNR-FFI or java.lang.foreign. */
module io.esp4j.crypto.natives {
    requires io.esp4j.crypto;
    requires org.jnrproject.jffi;

    provides io.esp4j.crypto.CryptoProvider with
            io.esp4j.crypto.natives.ipsecmb.IpsecMbProvider,
            io.esp4j.crypto.natives.openssl.OpenSslProvider;
}
