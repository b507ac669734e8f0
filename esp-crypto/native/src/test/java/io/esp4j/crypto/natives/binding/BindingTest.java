package io.esp4j.crypto.natives.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every binding that this JDK can have, by functions of the C library. */
class BindingTest {

    static List<Binding> bindings() throws NativeLoadException {
        List<Binding> bindings = new ArrayList<>();
        bindings.add(Binding.choose("jnr"));
        if (Runtime.version().feature() >= 22) {
            bindings.add(Binding.choose("foreign"));
        }
        return bindings;
    }

    @Test
    void shouldPreferForeignWhereTheJdkHasIt() throws NativeLoadException {
        String expected = Runtime.version().feature() >= 22 ? "java.lang.foreign" : "jnr-ffi";
        assertEquals(expected, Binding.choose("").name());
    }

    @Test
    void shouldRefuseABindingThatThereIsNot() {
        NativeLoadException e = assertThrows(NativeLoadException.class, () -> Binding.choose("jni"));
        assertTrue(e.getMessage().contains("\"jni\""), e.getMessage());
        if (Runtime.version().feature() < 22) {
            assertThrows(NativeLoadException.class, () -> Binding.choose("foreign"));
        }
    }

    @ParameterizedTest
    @MethodSource("bindings")
    void shouldCallByAddress(Binding binding) {
        for (Linkage linkage : Linkage.values()) {
            NativeCall.Of1 labs = binding.link(binding.standardFunction("labs"), NativeCall.Of1.class, linkage);
            assertEquals(5, labs.call(-5));
            assertEquals(Long.MAX_VALUE, labs.call(Long.MIN_VALUE + 1));
        }
        assertEquals(0, binding.standardFunction("no_such_function"));
        assertThrows(IllegalArgumentException.class, () -> binding.link(0, NativeCall.Of1.class, Linkage.BRIEF));
    }

    @ParameterizedTest
    @MethodSource("bindings")
    void shouldSeeTheSameMemoryFromBothSides(Binding binding) throws NativeLoadException {
        NativeHeap heap = new NativeHeap(binding);
        long address = heap.allocate(100);
        assertEquals(0, address % NativeHeap.ALIGNMENT);
        assertEquals(128, heap.octetsInUse());
        ByteBuffer view = heap.view(address, 100);
        assertEquals(100, view.capacity());
        assertEquals(0, view.getLong(92));
        view.putLong(0, 0x0102030405060708L);
        NativeCall.Of3 memcpy = binding.link(binding.standardFunction("memcpy"), NativeCall.Of3.class, Linkage.BRIEF);
        ByteBuffer target = ByteBuffer.allocateDirect(64).order(view.order());
        memcpy.call(binding.address(target) + 8, address, 8);
        assertEquals(0x0102030405060708L, target.getLong(8));
        assertEquals(address, binding.address(view));
        assertEquals(8, Memory.of(view).octet(view.order() == ByteOrder.LITTLE_ENDIAN ? 0 : 7));
        heap.release(address, 100);
        assertEquals(0, heap.octetsInUse());
    }

    @ParameterizedTest
    @MethodSource("bindings")
    void shouldPassEveryNumberOfArguments(Binding binding) throws NativeLoadException {
        NativeHeap heap = new NativeHeap(binding);
        long text = heap.allocate(64);
        long output = heap.allocate(64);
        heap.view(text, 64).put(0, "%d %d %d".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer view = heap.view(output, 64);
        // int snprintf(char *, size_t, const char *, ...): its integers go in registers like any others.
        long function = binding.standardFunction("snprintf");
        NativeCall.Of4 of4 = binding.link(function, NativeCall.Of4.class, Linkage.ORDINARY);
        NativeCall.Of5 of5 = binding.link(function, NativeCall.Of5.class, Linkage.ORDINARY);
        NativeCall.Of6 of6 = binding.link(function, NativeCall.Of6.class, Linkage.ORDINARY);
        assertEquals(5, (int) of6.call(output, 64, text, 1, 2, 3));
        assertEquals("1 2 3", text(view));
        heap.view(text, 64).put(5, (byte) 0);
        assertEquals(3, (int) of5.call(output, 64, text, 8, 9));
        assertEquals("8 9", text(view));
        heap.view(text, 64).put(2, (byte) 0);
        assertEquals(1, (int) of4.call(output, 64, text, 7));
        assertEquals("7", text(view));
        NativeCall.Of2 strcmp = binding.link(binding.standardFunction("strcmp"), NativeCall.Of2.class, Linkage.BRIEF);
        assertEquals(0, (int) strcmp.call(output, output));
        heap.release(text, 64);
        heap.release(output, 64);
    }

    private static String text(ByteBuffer view) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; view.get(i) != 0; i++) {
            text.append((char) view.get(i));
        }
        return text.toString();
    }
}
