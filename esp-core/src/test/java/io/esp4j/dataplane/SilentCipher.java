package io.esp4j.dataplane;

import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.CipherSpi;

/** A cipher that takes everything and gives nothing, and a provider that offers it as AES-CTR. */
public final class SilentCipher extends CipherSpi {
    static final String PROVIDER = "Silent";

    static Provider provider() {
        return new Provider(PROVIDER, "1", "a cipher that gives nothing") {
            private static final long serialVersionUID = 1;

            {
                put("Cipher.AES/CTR/NoPadding", SilentCipher.class.getName());
            }
        };
    }

    @Override
    protected void engineSetMode(String mode) {}

    @Override
    protected void engineSetPadding(String padding) {}

    @Override
    protected int engineGetBlockSize() {
        return 16;
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
        return 0;
    }

    @Override
    protected byte[] engineGetIV() {
        return new byte[16];
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
        return null;
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) {}

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random) {}

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {}

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int length) {
        return new byte[0];
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset) {
        return 0;
    }

    @Override
    protected byte[] engineDoFinal(byte[] input, int offset, int length) {
        return new byte[0];
    }

    @Override
    protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset) {
        return 0;
    }
}
