/**
 * Calls of C functions that are known by address, and the native memory they work on.
 *
 * <p>Functions here are addresses, not names: ipsec-mb keeps its functions as pointers in a structure that it fills by
 * what the CPU can do. So a {@link io.esp4j.crypto.natives.binding.Binding} turns an address and a number of arguments into a
 * {@link io.esp4j.crypto.natives.binding.NativeCall}; libraries are opened through the C library's own {@code dlopen},
 * memory comes from its {@code aligned_alloc}. Everything above is one code path, whatever makes the calls:
 *
 * <ul>
 *   <li><b>java.lang.foreign</b> on JDK 22 and later, reached by reflection because these classes are Java 17 bytecode.
 *       Each function becomes a hidden class with its method handle as a class constant, which the JIT compiles to
 *       a bare call. Brief functions are linked as critical: about 4 ns, but they hold off safepoints, so that
 *       their callers keep to {@link io.esp4j.crypto.natives.binding.Binding#octetsPerCall()}.
 *   <li><b>JNR-FFI</b> elsewhere. Its proxies bind symbols of a library and cannot bind a pointer, so we use the layer
 *       beneath them, jffi, which calls an address with up to six integers without allocating; measured, it costs
 *       the same 15 to 20 ns as a proxy without {@code errno}.
 * </ul>
 *
 * <p>All arguments and results are 64-bit integers: both x86-64 (System V) and AArch64 pass an {@code int} or a pointer in a
 * register of its own, whose upper half the callee ignores. Callers narrow the result of a function that returns an
 * {@code int}.
 */
package io.esp4j.crypto.natives.binding;
