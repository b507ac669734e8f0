package io.esp4j.crypto.natives.binding;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Calls through java.lang.foreign, which Java 17 bytecode reaches by reflection only. Threads: immutable.
 *
 * <p>Reflection happens when a function is linked, never when it is called.
 */
final class ForeignBinding extends Binding {
    private static final Map<Class<? extends NativeCall>, Integer> ARGUMENTS = Map.of(
            NativeCall.Of1.class, 1,
            NativeCall.Of2.class, 2,
            NativeCall.Of3.class, 3,
            NativeCall.Of4.class, 4,
            NativeCall.Of5.class, 5,
            NativeCall.Of6.class, 6);

    private static final int IN_PLACE_ARGUMENTS = 10;

    private final Object linker;
    private final Object defaultLookup;
    private final Object int64Layout;
    private final Class<?> layoutType;
    private final Class<?> optionType;
    private final Method downcallHandle;
    private final Method functionDescriptor;
    private final Method find;
    private final Method segmentOfAddress;
    private final Method segmentOfBuffer;
    private final Method segmentAddress;
    private final Method reinterpret;
    private final Method asByteBuffer;
    private final Object addressLayout;
    private final Object critical;
    private final Object criticalOnHeap;
    private final MethodHandle sliceOfArray;
    private final byte[] pattern;

    /** Finds the API; fails where the JDK hasn't got it or native access is denied. */
    ForeignBinding() throws ReflectiveOperationException, IOException {
        Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
        Class<?> segmentType = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> descriptorType = Class.forName("java.lang.foreign.FunctionDescriptor");
        layoutType = Class.forName("java.lang.foreign.MemoryLayout");
        optionType = Class.forName("java.lang.foreign.Linker$Option");
        linker = linkerType.getMethod("nativeLinker").invoke(null);
        defaultLookup = linkerType.getMethod("defaultLookup").invoke(linker);
        find = Class.forName("java.lang.foreign.SymbolLookup").getMethod("find", String.class);
        int64Layout = Class.forName("java.lang.foreign.ValueLayout")
                .getField("JAVA_LONG")
                .get(null);
        downcallHandle = linkerType.getMethod("downcallHandle", segmentType, descriptorType, optionType.arrayType());
        functionDescriptor = descriptorType.getMethod("of", layoutType, layoutType.arrayType());
        segmentOfAddress = segmentType.getMethod("ofAddress", long.class);
        segmentOfBuffer = segmentType.getMethod("ofBuffer", Buffer.class);
        segmentAddress = segmentType.getMethod("address");
        reinterpret = segmentType.getMethod("reinterpret", long.class);
        asByteBuffer = segmentType.getMethod("asByteBuffer");
        Method criticalOption = optionType.getMethod("critical", boolean.class);
        critical = criticalOption.invoke(null, false);
        criticalOnHeap = criticalOption.invoke(null, true);
        addressLayout = Class.forName("java.lang.foreign.ValueLayout")
                .getField("ADDRESS")
                .get(null);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodHandle ofArray =
                lookup.findStatic(segmentType, "ofArray", MethodType.methodType(segmentType, byte[].class));
        MethodHandle asSlice =
                lookup.findVirtual(segmentType, "asSlice", MethodType.methodType(segmentType, long.class));
        sliceOfArray = MethodHandles.filterArguments(asSlice, 0, ofArray);
        try (InputStream in = ForeignBinding.class.getResourceAsStream("ForeignCall.class")) {
            pattern = in.readAllBytes();
        }
        link(standardFunction("labs"), NativeCall.Of1.class, Linkage.BRIEF);
    }

    @Override
    public String name() {
        return "java.lang.foreign";
    }

    @Override
    public int octetsPerCall() {
        return CRITICAL_OCTETS;
    }

    @Override
    public boolean passesArrays() {
        return true;
    }

    @Override
    public long standardFunction(String name) {
        Optional<?> segment = (Optional<?>) invoke(find, defaultLookup, name);
        return segment.isEmpty() ? 0 : (long) invoke(segmentAddress, segment.get());
    }

    @Override
    public long address(ByteBuffer buffer) {
        return (long) invoke(segmentAddress, invoke(segmentOfBuffer, null, buffer));
    }

    @Override
    public ByteBuffer view(long address, int octets) {
        Object segment = invoke(reinterpret, invoke(segmentOfAddress, null, address), (long) octets);
        return ((ByteBuffer) invoke(asByteBuffer, segment)).order(ByteOrder.nativeOrder());
    }

    @Override
    public <C extends NativeCall> C link(long address, Class<C> shape, Linkage linkage) {
        if (address == 0) {
            throw new IllegalArgumentException("no function at address 0");
        }
        MethodHandle handle;
        if (shape == NativeCall.InPlace.class) {
            Object[] parameters = layouts(IN_PLACE_ARGUMENTS);
            parameters[2] = addressLayout;
            parameters[3] = addressLayout;
            handle = onArray(downcall(address, parameters, criticalOnHeap));
        } else if (linkage == Linkage.BRIEF) {
            handle = downcall(address, layouts(ARGUMENTS.get(shape)), critical);
        } else {
            handle = downcall(address, layouts(ARGUMENTS.get(shape)));
        }
        try {
            Class<?> hidden = MethodHandles.lookup()
                    .defineHiddenClassWithClassData(pattern, handle, true)
                    .lookupClass();
            return shape.cast(hidden.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't define a class for a native function", e);
        }
    }

    private Object[] layouts(int count) {
        Object[] layouts = (Object[]) Array.newInstance(layoutType, count);
        Arrays.fill(layouts, int64Layout);
        return layouts;
    }

    private MethodHandle downcall(long address, Object[] parameters, Object... options) {
        Object[] typed = (Object[]) Array.newInstance(optionType, options.length);
        System.arraycopy(options, 0, typed, 0, options.length);
        Object descriptor = invoke(functionDescriptor, null, int64Layout, parameters);
        return (MethodHandle)
                invoke(downcallHandle, linker, invoke(segmentOfAddress, null, address), descriptor, typed);
    }

    /** From (a, b, segment, segment, c …) to (a, b, array, index, c …), both segments being the array from the index on. */
    private MethodHandle onArray(MethodHandle onSegments) {
        MethodHandle onTwo = MethodHandles.collectArguments(onSegments, 3, sliceOfArray);
        MethodHandle onBoth = MethodHandles.collectArguments(onTwo, 2, sliceOfArray);
        MethodType type = onSegments.type().changeParameterType(2, byte[].class).changeParameterType(3, long.class);
        return MethodHandles.permuteArguments(onBoth, type, 0, 1, 2, 3, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private static Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
