package io.esp4j.crypto.natives.binding;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Calls through jffi, the engine of JNR-FFI. Threads: immutable. */
final class JnrBinding extends Binding {
    private final MemoryIO memory;

    JnrBinding() {
        memory = MemoryIO.getInstance();
        Call.requireEngine();
    }

    @Override
    public String name() {
        return "jnr-ffi";
    }

    @Override
    public int octetsPerCall() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean passesArrays() {
        return false;
    }

    @Override
    public long standardFunction(String name) {
        return Library.getDefault().getSymbolAddress(name);
    }

    @Override
    public long address(ByteBuffer buffer) {
        return memory.getDirectBufferAddress(buffer);
    }

    @Override
    public ByteBuffer view(long address, int octets) {
        return memory.newDirectByteBuffer(address, octets).order(ByteOrder.nativeOrder());
    }

    @Override
    public <C extends NativeCall> C link(long address, Class<C> shape, Linkage linkage) {
        if (address == 0) {
            throw new IllegalArgumentException("no function at address 0");
        }
        return shape.cast(new Call(address));
    }

    /**
     * Implements every shape; only the one it was linked as is ever called. Its {@code errno} is not saved: none of our
     * functions reports through it, and saving it doubles the cost of a call.
     */
    private static final class Call
            implements NativeCall.Of1, NativeCall.Of2, NativeCall.Of3, NativeCall.Of4, NativeCall.Of5, NativeCall.Of6 {
        private static final Invoker INVOKER = Invoker.getInstance();
        private static final CallContext CONTEXT_1 = context(1);
        private static final CallContext CONTEXT_2 = context(2);
        private static final CallContext CONTEXT_3 = context(3);
        private static final CallContext CONTEXT_4 = context(4);
        private static final CallContext CONTEXT_5 = context(5);
        private static final CallContext CONTEXT_6 = context(6);

        private final long function;

        Call(long function) {
            this.function = function;
        }

        /** Fails here, once, where jffi's own native part can't be loaded. */
        static void requireEngine() {
            Library.getDefault();
        }

        private static CallContext context(int arguments) {
            Type[] types = new Type[arguments];
            Arrays.fill(types, Type.SINT64);
            return CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, false);
        }

        @Override
        public long call(long a) {
            return INVOKER.invokeN1(CONTEXT_1, function, a);
        }

        @Override
        public long call(long a, long b) {
            return INVOKER.invokeN2(CONTEXT_2, function, a, b);
        }

        @Override
        public long call(long a, long b, long c) {
            return INVOKER.invokeN3(CONTEXT_3, function, a, b, c);
        }

        @Override
        public long call(long a, long b, long c, long d) {
            return INVOKER.invokeN4(CONTEXT_4, function, a, b, c, d);
        }

        @Override
        public long call(long a, long b, long c, long d, long e) {
            return INVOKER.invokeN5(CONTEXT_5, function, a, b, c, d, e);
        }

        @Override
        public long call(long a, long b, long c, long d, long e, long f) {
            return INVOKER.invokeN6(CONTEXT_6, function, a, b, c, d, e, f);
        }
    }
}
