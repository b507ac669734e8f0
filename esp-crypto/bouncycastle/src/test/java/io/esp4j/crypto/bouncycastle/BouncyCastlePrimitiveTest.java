package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.testing.PrimitiveVectorContractTest;
import io.esp4j.crypto.testing.Primitives;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.params.KeyParameter;

class BouncyCastlePrimitiveTest extends PrimitiveVectorContractTest {

    @Override
    protected Primitives primitives() {
        return new LightweightPrimitives();
    }

    /** Left out: empty nonces; ICVs shorter than 4 octets; nonces that the algorithm does not have. */
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

    private static final class LightweightPrimitives implements Primitives {
        @Override
        public boolean takes(Cipher mode, int keyOctets, int nonceOctets, int icvOctets) {
            return switch (mode) {
                case AES_GCM, AES_GMAC -> nonceOctets > 0 && icvOctets >= 4;
                case AES_CCM -> nonceOctets >= 7 && nonceOctets <= 13 && icvOctets >= 4 && icvOctets % 2 == 0;
                case CHACHA20_POLY1305 -> nonceOctets == 12 && keyOctets == 32 && icvOctets == 16;
                case AES_CBC, NULL -> false;
            };
        }

        @Override
        public byte[] seal(Cipher mode, byte[] key, byte[] nonce, byte[] aad, byte[] text, int icvOctets)
                throws GeneralSecurityException {
            LightweightAead aead = new LightweightAead(mode, new KeyParameter(key), icvOctets);
            AEADCipher cipher = aead.startSealing(nonce);
            cipher.processAADBytes(aad, 0, aad.length);
            byte[] octets = new byte[3 + text.length + icvOctets];
            System.arraycopy(text, 0, octets, 3, text.length);
            aead.finish(cipher, octets, 3, text.length, new byte[octets.length + 32]);
            return Arrays.copyOfRange(octets, 3, octets.length);
        }

        @Override
        public byte[] open(Cipher mode, byte[] key, byte[] nonce, byte[] aad, byte[] sealed, byte[] icv)
                throws GeneralSecurityException {
            LightweightAead aead = new LightweightAead(mode, new KeyParameter(key), icv.length);
            AEADCipher cipher = aead.startOpening(nonce);
            cipher.processAADBytes(aad, 0, aad.length);
            byte[] octets = Arrays.copyOf(sealed, sealed.length + icv.length);
            System.arraycopy(icv, 0, octets, sealed.length, icv.length);
            byte[] text = new byte[octets.length + 32];
            return aead.verify(cipher, octets, 0, sealed.length, text) ? Arrays.copyOf(text, sealed.length) : null;
        }

        @Override
        public byte[] hmac(Integrity integrity, byte[] key, byte[] message) {
            HMac hmac = new HMac(SeparateSession.hash(integrity));
            hmac.init(new KeyParameter(key));
            hmac.update(message, 0, message.length);
            byte[] result = new byte[hmac.getMacSize()];
            hmac.doFinal(result, 0);
            return result;
        }
    }
}
