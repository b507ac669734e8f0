package io.esp4j.crypto.natives.binding;

import java.nio.ByteBuffer;
import java.util.IdentityHashMap;

/** The binding of the process. Of its calls one can be made to fail: it isn't made, and returns 0. Threads: single owner thread. */
public final class FailingBinding extends Binding {
    private static final long NEVER = Long.MAX_VALUE;

    private final Binding real = ofProcess();
    private final IdentityHashMap<NativeCall, long[]> counts = new IdentityHashMap<>();
    private long left = NEVER;

    public FailingBinding() throws NativeLoadException {}

    /** Lets the call fail that comes after so many others. */
    public void failAfter(long calls) {
        left = calls;
    }

    /** {@return whether the call came that was to fail; from now on none is} */
    public boolean disarm() {
        boolean failed = left < 0;
        left = NEVER;
        return failed;
    }

    /** {@return how often a function was called and did not fail} */
    public long calls(NativeCall function) {
        return counts.get(function)[0];
    }

    @Override
    public <C extends NativeCall> C link(long address, Class<C> shape, Linkage linkage) {
        C call = real.link(address, shape, linkage);
        long[] count = new long[1];
        NativeCall counted;
        if (shape == NativeCall.Of1.class) {
            NativeCall.Of1 of = (NativeCall.Of1) call;
            counted = (NativeCall.Of1) a -> passes(count) ? of.call(a) : 0;
        } else if (shape == NativeCall.Of2.class) {
            NativeCall.Of2 of = (NativeCall.Of2) call;
            counted = (NativeCall.Of2) (a, b) -> passes(count) ? of.call(a, b) : 0;
        } else if (shape == NativeCall.Of3.class) {
            NativeCall.Of3 of = (NativeCall.Of3) call;
            counted = (NativeCall.Of3) (a, b, c) -> passes(count) ? of.call(a, b, c) : 0;
        } else if (shape == NativeCall.Of4.class) {
            NativeCall.Of4 of = (NativeCall.Of4) call;
            counted = (NativeCall.Of4) (a, b, c, d) -> passes(count) ? of.call(a, b, c, d) : 0;
        } else if (shape == NativeCall.Of5.class) {
            NativeCall.Of5 of = (NativeCall.Of5) call;
            counted = (NativeCall.Of5) (a, b, c, d, e) -> passes(count) ? of.call(a, b, c, d, e) : 0;
        } else if (shape == NativeCall.Of6.class) {
            NativeCall.Of6 of = (NativeCall.Of6) call;
            counted = (NativeCall.Of6) (a, b, c, d, e, f) -> passes(count) ? of.call(a, b, c, d, e, f) : 0;
        } else {
            return call;
        }
        counts.put(counted, count);
        return shape.cast(counted);
    }

    private boolean passes(long[] count) {
        if (left != NEVER && left-- == 0) {
            return false;
        }
        count[0]++;
        return true;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public int octetsPerCall() {
        return real.octetsPerCall();
    }

    @Override
    public boolean passesArrays() {
        return false;
    }

    @Override
    public long standardFunction(String name) {
        return real.standardFunction(name);
    }

    @Override
    public long address(ByteBuffer buffer) {
        return real.address(buffer);
    }

    @Override
    public ByteBuffer view(long address, int octets) {
        return real.view(address, octets);
    }
}
