package io.esp4j.crypto.jdk;

import io.esp4j.crypto.provider.Icv;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * AES-CCM (RFC 3610) composed of counter mode and CBC-MAC; the JDK has no CCM of its own.
 *
 * <p>Names are those of RFC 3610: M octets of ICV, L octets of length field, 15 − L of nonce, T the CBC-MAC, S₀ S₁ … the
 * key stream. ESP has L = 4 (RFC 4309 §4); the class takes any L from 2 to 8, so that the RFC's own vectors can be run.
 * Threads: single owner thread.
 */
final class Ccm implements Aead {
    private static final int BLOCK_OCTETS = 16;
    /** CBC-MAC gives a ciphertext that nobody wants; this is where it goes, so many octets at a time. */
    private static final int CHUNK_OCTETS = 1024;

    private final int m;
    private final int l;
    private final NonceCipher counter;
    private final Cipher cbcMac;
    private final byte[] counterBlock = new byte[BLOCK_OCTETS];
    private final byte[] block = new byte[BLOCK_OCTETS];
    private final byte[] t = new byte[BLOCK_OCTETS];
    private final byte[] sealedT = new byte[BLOCK_OCTETS];
    private final byte[] discarded = new byte[CHUNK_OCTETS];
    private byte[] head = new byte[2 * BLOCK_OCTETS];

    Ccm(Jca jca, SecretKey key, int nonceOctets, int icvOctets) throws GeneralSecurityException {
        m = icvOctets;
        l = BLOCK_OCTETS - 1 - nonceOctets;
        counter = NonceCipher.of(jca.cipher(Jca.CTR), Cipher.ENCRYPT_MODE, key, BLOCK_OCTETS);
        cbcMac = Cbc.fixed(jca, Cipher.ENCRYPT_MODE, key);
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets, byte[] scratch)
            throws GeneralSecurityException {
        authenticate(nonce, aad, aadOctets, octets, textAt, textOctets);
        Cipher cipher = startCounter(nonce);
        cipher.update(t, 0, BLOCK_OCTETS, sealedT, 0);
        cipher.doFinal(octets, textAt, textOctets, scratch, 0);
        System.arraycopy(scratch, 0, octets, textAt, textOctets);
        System.arraycopy(sealedT, 0, octets, textAt + textOctets, m);
    }

    @Override
    public boolean open(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets, byte[] text)
            throws GeneralSecurityException {
        // The key stream of T is S0: encrypting zeros gives S0, and with it the ICV that T stands for.
        Cipher cipher = startCounter(nonce);
        Arrays.fill(block, (byte) 0);
        cipher.update(block, 0, BLOCK_OCTETS, sealedT, 0);
        cipher.doFinal(octets, textAt, textOctets, text, 0);
        authenticate(nonce, aad, aadOctets, text, 0, textOctets);
        for (int i = 0; i < m; i++) {
            sealedT[i] ^= t[i];
        }
        return Icv.equal(sealedT, 0, octets, textAt + textOctets, m);
    }

    /** RFC 3610 §2.3: A₀, whose key stream S₀ is T's and from which S₁ and on are the text's. */
    private Cipher startCounter(byte[] nonce) throws GeneralSecurityException {
        Arrays.fill(counterBlock, (byte) 0);
        counterBlock[0] = (byte) (l - 1);
        System.arraycopy(nonce, 0, counterBlock, 1, nonce.length);
        return counter.with(counterBlock);
    }

    /** RFC 3610 §2.2: leaves T, the CBC-MAC over B₀, the AAD and the text, each padded with zeros. */
    private void authenticate(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets)
            throws GeneralSecurityException {
        int headOctets = layHead(nonce, aad, aadOctets, textOctets);
        if (textOctets == 0) {
            absorb(head, 0, headOctets - BLOCK_OCTETS);
            cbcMac.doFinal(head, headOctets - BLOCK_OCTETS, BLOCK_OCTETS, t, 0);
            return;
        }
        absorb(head, 0, headOctets);
        int tail = (textOctets - 1) % BLOCK_OCTETS + 1;
        absorb(octets, textAt, textOctets - tail);
        Arrays.fill(block, (byte) 0);
        System.arraycopy(octets, textAt + textOctets - tail, block, 0, tail);
        cbcMac.doFinal(block, 0, BLOCK_OCTETS, t, 0);
    }

    /** B₀, and the blocks of the AAD behind its length in two octets, which serves up to 65,279 of them. */
    private int layHead(byte[] nonce, byte[] aad, int aadOctets, int textOctets) {
        int aadBlocks = aadOctets == 0 ? 0 : (2 + aadOctets + BLOCK_OCTETS - 1) / BLOCK_OCTETS;
        int headOctets = BLOCK_OCTETS * (1 + aadBlocks);
        if (head.length < headOctets) {
            head = new byte[headOctets];
        }
        Arrays.fill(head, 0, headOctets, (byte) 0);
        head[0] = (byte) ((aadOctets == 0 ? 0 : 64) + 8 * ((m - 2) / 2) + (l - 1));
        System.arraycopy(nonce, 0, head, 1, nonce.length);
        for (int i = 0; i < Math.min(l, Integer.BYTES); i++) {
            head[BLOCK_OCTETS - 1 - i] = (byte) (textOctets >>> (8 * i));
        }
        if (aadOctets > 0) {
            head[BLOCK_OCTETS] = (byte) (aadOctets >>> 8);
            head[BLOCK_OCTETS + 1] = (byte) aadOctets;
            System.arraycopy(aad, 0, head, BLOCK_OCTETS + 2, aadOctets);
        }
        return headOctets;
    }

    private void absorb(byte[] octets, int at, int wholeBlocks) throws GeneralSecurityException {
        int end = at + wholeBlocks;
        for (int i = at; i < end; i += CHUNK_OCTETS) {
            cbcMac.update(octets, i, Math.min(CHUNK_OCTETS, end - i), discarded, 0);
        }
    }
}
