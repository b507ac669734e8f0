package io.esp4j.crypto.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.ipsecmb.IpsecMbProvider;
import io.esp4j.crypto.natives.openssl.OpenSslProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A library that can't be loaded makes the provider unavailable with a reason; the process lives on. */
class DamagedLibraryTest {

    @TempDir
    Path directory;

    /** A provider and the property that names its library. */
    record Subject(String property, Supplier<NativeProvider<?>> provider) {
        @Override
        public String toString() {
            return property;
        }
    }

    static Stream<Subject> subjects() {
        return Stream.of(
                new Subject("esp4j.ipsecmb.library", IpsecMbProvider::new),
                new Subject("esp4j.openssl.library", OpenSslProvider::new));
    }

    private static String reason(Subject subject, Path file) {
        NativeProvider<?> provider = subject.provider().get();
        Availability availability = Settings.with(subject.property(), file.toString(), provider::availability);
        assertFalse(availability.available(), availability.detail());
        assertEquals(availability, provider.availability(), "found out once");
        for (Transform transform : Transform.all()) {
            assertFalse(provider.supports(transform));
        }
        assertThrows(IllegalStateException.class, provider::newContext);
        assertEquals(0, provider.nativeOctetsInUse());
        return availability.detail();
    }

    private byte[] installed(Subject subject) throws IOException {
        Availability availability = subject.provider().get().availability();
        assumeTrue(availability.available(), availability.detail());
        String detail = availability.detail();
        return Files.readAllBytes(Path.of(detail.substring(detail.lastIndexOf(", ") + 2)));
    }

    private Path file(byte[] octets) throws IOException {
        return Files.write(directory.resolve("lib.so"), octets);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldSayThatTheFileIsMissing(Subject subject) {
        assertTrue(reason(subject, directory.resolve("absent.so")).endsWith("absent.so is not there, or not a file"));
        assertTrue(reason(subject, directory).endsWith("is not there, or not a file"));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldSayThatTheFileIsNoLibrary(Subject subject) throws IOException {
        assertTrue(reason(subject, Files.writeString(directory.resolve("text.so"), "no library ".repeat(100)))
                .contains("not a shared library"));
        assertTrue(reason(subject, file(new byte[0])).contains("not a shared library"));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldSayThatTheFileIsCutShort(Subject subject) throws IOException {
        byte[] whole = installed(subject);
        for (int octets : new int[] {63, 64, 500, 4096, 100_000, whole.length / 2, whole.length - 1}) {
            String reason = reason(subject, file(Arrays.copyOf(whole, octets)));
            assertTrue(reason.contains(octets < 64 ? "not a shared library" : "cut short"), reason);
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldSayThatTheLibraryIsForAnotherMachine(Subject subject) throws IOException {
        byte[] other = installed(subject);
        byte[] narrow = other.clone();
        narrow[4] = 1;
        assertTrue(reason(subject, file(narrow)).contains("32-bit"));
        ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putShort(18, (short) 243);
        assertTrue(reason(subject, file(other)).contains("for another machine (ELF machine 243)"));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldSayThatTheProgramIsNoLibrary(Subject subject) throws IOException {
        byte[] program = installed(subject);
        program[16] = 2;
        assertTrue(reason(subject, file(program)).contains("not a shared library"));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldSayThatItIsAnotherLibrary(Subject subject) {
        Path other = Stream.of(
                        "/lib/x86_64-linux-gnu/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6")
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
        assumeTrue(other != null, "no other library to offer");
        String reason = reason(subject, other);
        assertTrue(reason.contains("is not "), reason);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldSayWhereItLookedWhenNothingIsInstalled(Subject subject) {
        assertTrue(reason(subject, Path.of("relative/nothing.so")).contains("relative/nothing.so is not there"));
    }
}
