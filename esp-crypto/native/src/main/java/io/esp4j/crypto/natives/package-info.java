/**
 * What the native providers share: who may use a key or a context when, and where packets lie for C.
 *
 * <p><b>Life times.</b> A key is shared by threads, and closing it frees native memory that C may be reading. So each
 * {@link io.esp4j.crypto.natives.NativeContext} counts its runs, odd inside and even outside: a run counts up, then looks whether its key is closed;
 * closing marks the key, then waits until every context that has a session of it was seen outside. One of the two always
 * sees the other, at the price of one fence per run, and nobody counts references. The same count lets a context be closed
 * by another thread than its owner's.
 *
 * <p><b>Where packets lie.</b> A run is worked on in {@link io.esp4j.crypto.natives.PacketBatch}es: up to 64 packets
 * of direct memory, by address. Direct memory is used where it is, its address kept beside a weak reference
 * ({@link io.esp4j.crypto.natives.DirectAddresses}). Packets of an array are copied into native memory of the context and
 * back. Above that there is one loop per transform for both kinds. Since C checks no bounds, every operation's
 * position and length are checked here.
 */
package io.esp4j.crypto.natives;
