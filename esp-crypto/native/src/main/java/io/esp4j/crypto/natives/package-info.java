/**
 * What the native providers share: who may use a key or a context when, and where packets lie for C.
 *
 * <p><b>Life times.</b> A key is shared by threads, and closing it frees native memory that C may be reading. So each
 * {@link io.esp4j.crypto.natives.NativeContext} counts its runs, odd inside and even outside: a run counts up, then looks whether its key is closed;
 * closing marks the key, then waits until every context that has a session of it was seen outside. One of the two always
 * sees the other, at the price of one fence per run, and nobody counts references. The same count lets a context be closed
 * by another thread than its owner's.
 *
 * <p><b>Where packets lie.</b> C is given up to 64 packets at a time, by address. Packets in direct memory are used where they are.
 * Packets of an array are copied into native memory of the context and back ({@link io.esp4j.crypto.natives.Staging}), unless the binding
 * can hand arrays to C. Above that there is one loop per transform for all. Since C checks no bounds, every operation's position
 * and length are checked here.
 */
package io.esp4j.crypto.natives;
