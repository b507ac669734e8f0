package io.esp4j.crypto.natives.ipsecmb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.FailedCalls;
import io.esp4j.crypto.natives.Installed;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.FailingBinding;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.natives.binding.NativeLoadException;
import io.esp4j.crypto.testing.EspCase;
import io.esp4j.crypto.testing.EspOracle;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailedCallTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"aes128gcm16", "aes128ccm16", "chacha20poly1305", "aes128gmac", "aes128-sha256", "null-sha256"})
    void shouldReleaseNoPlaintextWhicheverCallFails(String name) throws NativeLoadException {
        Installed.assume(new IpsecMbProvider());
        FailingBinding binding = new FailingBinding();
        NativeHeap heap = new NativeHeap(Binding.ofProcess());
        IpsecMbLibrary library = IpsecMbLibrary.load(binding, heap);
        EspCase c = EspOracle.random(Transform.named(name), new Random(4303), 100);
        try (CryptoKey key = IpsecMbKey.expand(
                        library, heap, c.transform(), c.esn(), KeyingMaterial.of(c.key(), c.integrityKey()));
                CryptoContext context = new IpsecMbContext(library, binding, heap)) {
            FailedCalls.check(binding, c, key, context);
        }
        assertEquals(0, heap.octetsInUse());
    }
}
