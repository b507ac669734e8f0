package io.esp4j.crypto.natives.binding;

/** How long a C function may run, which decides how a call of it may be linked. */
public enum Linkage {
    /** Microseconds, never blocking, never calling back: may be linked so that a safepoint waits for its return. */
    BRIEF,
    /** Anything else: loading a library, a self-test. */
    ORDINARY
}
