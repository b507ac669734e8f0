package io.esp4j.crypto.jdk;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.testing.PrimitiveVectorContractTest;
import io.esp4j.crypto.testing.Primitives;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Arrays;

class JdkPrimitiveTest extends PrimitiveVectorContractTest {
    private static final Jca JCA = new Jca(Security.getProvider("SunJCE"), Security.getProvider("SUN"));

    @Override
    protected Primitives primitives() {
        return new JdkPrimitives();
    }

    /** Left out: empty nonces; nonces other than 12 octets under ICVs shorter than 12; for ChaCha20 other than 12. */
    @Override
    protected int expected(Cipher mode) {
        return switch (mode) {
            case AES_GCM -> 414;
            case AES_CCM -> 624;
            case AES_GMAC -> 420;
            case CHACHA20_POLY1305 -> 332;
            case AES_CBC, NULL -> 0;
        };
    }

    private static final class JdkPrimitives implements Primitives {
        @Override
        public boolean takes(Cipher mode, int keyOctets, int nonceOctets, int icvOctets) {
            return switch (mode) {
                case AES_GCM, AES_GMAC -> nonceOctets == 12 || (nonceOctets > 0 && icvOctets >= 12);
                case AES_CCM -> nonceOctets >= 7 && nonceOctets <= 13 && icvOctets >= 4 && icvOctets % 2 == 0;
                case CHACHA20_POLY1305 -> nonceOctets == 12 && keyOctets == 32 && icvOctets == 16;
                case AES_CBC, NULL -> false;
            };
        }

        private static Aead aead(Cipher mode, byte[] key, int nonceOctets, int icvOctets)
                throws GeneralSecurityException {
            return switch (mode) {
                case AES_GCM, AES_GMAC -> JdkCryptoProvider.gcm(JCA, new RawKey("AES", key), nonceOctets, icvOctets);
                case AES_CCM -> new Ccm(JCA, new RawKey("AES", key), nonceOctets, icvOctets);
                case CHACHA20_POLY1305 -> JceAead.chaCha20Poly1305(JCA, new RawKey("ChaCha20", key));
                case AES_CBC, NULL -> throw new IllegalArgumentException();
            };
        }

        @Override
        public byte[] seal(Cipher mode, byte[] key, byte[] nonce, byte[] aad, byte[] text, int icvOctets)
                throws GeneralSecurityException {
            byte[] octets = new byte[3 + text.length + icvOctets];
            System.arraycopy(text, 0, octets, 3, text.length);
            aead(mode, key, nonce.length, icvOctets)
                    .seal(nonce, aad, aad.length, octets, 3, text.length, new byte[text.length + 32]);
            return Arrays.copyOfRange(octets, 3, octets.length);
        }

        @Override
        public byte[] open(Cipher mode, byte[] key, byte[] nonce, byte[] aad, byte[] sealed, byte[] icv)
                throws GeneralSecurityException {
            byte[] octets = Arrays.copyOf(sealed, sealed.length + icv.length);
            System.arraycopy(icv, 0, octets, sealed.length, icv.length);
            byte[] text = new byte[octets.length + 32];
            boolean right = aead(mode, key, nonce.length, icv.length)
                    .open(nonce, aad, aad.length, octets, 0, sealed.length, text);
            return right ? Arrays.copyOf(text, sealed.length) : null;
        }

        @Override
        public byte[] hmac(Integrity integrity, byte[] key, byte[] message) throws GeneralSecurityException {
            MessageDigest hash = JCA.hash(JcaKey.hashName(integrity));
            Hmac hmac = new Hmac(hash, new Hmac.Pads(hash, key));
            hmac.start();
            hmac.update(message, 0, message.length);
            return hmac.end().clone();
        }
    }
}
