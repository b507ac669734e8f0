package io.esp4j.crypto.natives.binding;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A shared library that stays loaded for the life of the process. Threads: immutable.
 *
 * <p>It is never unloaded: function addresses taken from it must not dangle, and libcrypto registers handlers that run when
 * the process ends.
 */
public final class NativeLibrary {
    private static final int RTLD_NOW = 2;

    private final Path file;
    private final long handle;
    private final Binding binding;
    private final NativeHeap heap;
    private final NativeCall.Of2 dlsym;
    private final NativeCall.Of1 strlen;

    private NativeLibrary(
            Path file, long handle, Binding binding, NativeHeap heap, NativeCall.Of2 dlsym, NativeCall.Of1 strlen) {
        this.file = file;
        this.handle = handle;
        this.binding = binding;
        this.heap = heap;
        this.dlsym = dlsym;
        this.strlen = strlen;
    }

    /**
     * Loads a library.
     *
     * @param file the library; checked first, since the dynamic linker crashes on a file that was cut short
     * @param binding makes the calls
     * @param heap for names
     * @return the library
     * @throws NativeLoadException if it can't be loaded
     */
    public static NativeLibrary load(Path file, Binding binding, NativeHeap heap) throws NativeLoadException {
        ElfFile.requireLoadable(file);
        NativeCall.Of2 dlopen = standard(binding, "dlopen", NativeCall.Of2.class);
        NativeCall.Of2 dlsym = standard(binding, "dlsym", NativeCall.Of2.class);
        NativeCall.Of1 strlen = standard(binding, "strlen", NativeCall.Of1.class);
        NativeCall.Of1 dlerror = standard(binding, "dlerror", NativeCall.Of1.class);
        long handle = CString.with(heap, file.toAbsolutePath().toString(), name -> dlopen.call(name, RTLD_NOW));
        if (handle == 0) {
            String reason = text(dlerror.call(0), binding, strlen);
            throw new NativeLoadException(file + " can't be loaded: " + reason);
        }
        return new NativeLibrary(file, handle, binding, heap, dlsym, strlen);
    }

    private static <C extends NativeCall> C standard(Binding binding, String name, Class<C> shape)
            throws NativeLoadException {
        long address = binding.standardFunction(name);
        if (address == 0) {
            throw new NativeLoadException("the C library has no function " + name);
        }
        return binding.link(address, shape, Linkage.ORDINARY);
    }

    /** {@return where it was loaded from} */
    public Path file() {
        return file;
    }

    /**
     * {@return whether the library has a symbol}
     *
     * @param name C name
     */
    public boolean has(String name) {
        return find(name) != 0;
    }

    /**
     * A function of the library.
     *
     * @param name C name
     * @param shape one of the interfaces in {@link NativeCall}
     * @param linkage how long it may run
     * @param <C> the shape
     * @return what calls it
     * @throws NativeLoadException if the library has no such function
     */
    public <C extends NativeCall> C function(String name, Class<C> shape, Linkage linkage) throws NativeLoadException {
        long address = find(name);
        if (address == 0) {
            throw new NativeLoadException(file + " has no function " + name);
        }
        return binding.link(address, shape, linkage);
    }

    /**
     * {@return a C string's text, empty for a null pointer}
     *
     * @param address of its first octet
     */
    public String text(long address) {
        return text(address, binding, strlen);
    }

    private long find(String name) {
        return CString.with(heap, name, text -> dlsym.call(handle, text));
    }

    private static String text(long address, Binding binding, NativeCall.Of1 strlen) {
        if (address == 0) {
            return "";
        }
        byte[] octets = new byte[(int) strlen.call(address)];
        binding.view(address, octets.length).get(0, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
