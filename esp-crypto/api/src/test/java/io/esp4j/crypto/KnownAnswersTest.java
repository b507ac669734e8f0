package io.esp4j.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.jdk.JdkCryptoProvider;
import io.esp4j.crypto.testing.EspOracle;
import io.esp4j.crypto.testing.FaultyProvider;
import io.esp4j.crypto.testing.FaultyProvider.Fault;
import io.esp4j.memory.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownAnswersTest {

    @Test
    void shouldHaveAnAnswerWithAndWithoutEsnForEveryTransform() {
        for (Transform transform : Transform.all()) {
            assertEquals(
                    List.of(false, true),
                    KnownAnswers.of(transform).stream()
                            .map(KnownAnswers.Answer::esn)
                            .toList(),
                    transform.name());
        }
    }

    @Test
    void shouldAgreeWithTheOracle() {
        for (Transform transform : Transform.all()) {
            for (KnownAnswers.Answer answer : KnownAnswers.of(transform)) {
                byte[] sealed = EspOracle.seal(
                        transform,
                        answer.esn(),
                        answer.key(),
                        answer.integrityKey(),
                        Memory.of(answer.packet()).int32(0),
                        answer.sequence(),
                        Arrays.copyOfRange(answer.packet(), 8, 24),
                        answer.plaintext());
                assertArrayEquals(answer.packet(), sealed, transform.name());
            }
        }
    }

    @Test
    void shouldPassAGoodProvider() {
        for (Transform transform : Transform.all()) {
            assertEquals(Optional.empty(), KnownAnswers.check(new JdkCryptoProvider(), transform));
        }
    }

    @Test
    void shouldFailEveryFaultInEveryTransform() {
        for (Fault fault : Fault.values()) {
            for (Transform transform : Transform.all()) {
                boolean encrypts = transform.cipher() != Cipher.NULL && transform.cipher() != Cipher.AES_GMAC;
                if (encrypts || fault != Fault.RELEASES_PLAINTEXT) {
                    String failure = KnownAnswers.check(new FaultyProvider(fault), transform)
                            .orElse("");
                    assertTrue(failure.contains(fault.symptom()), fault + " " + transform + ": " + failure);
                }
            }
        }
    }
}
