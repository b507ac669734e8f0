package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.natives.binding.NativeLoadException;
import java.util.Locale;

/** A processor generation that ipsec-mb has code for, or the best that the machine has. */
enum Generation {
    AUTO("init_mb_mgr_auto"),
    SSE("init_mb_mgr_sse"),
    AVX("init_mb_mgr_avx"),
    AVX2("init_mb_mgr_avx2"),
    AVX512("init_mb_mgr_avx512");

    /** System property that names one; meant for comparing them. */
    static final String PROPERTY = "esp4j.ipsecmb.generation";

    private final String initialiser;

    Generation(String initialiser) {
        this.initialiser = initialiser;
    }

    String initialiser() {
        return initialiser;
    }

    static Generation wished() throws NativeLoadException {
        String wish = System.getProperty(PROPERTY, "auto");
        for (Generation generation : values()) {
            if (generation.text().equals(wish)) {
                return generation;
            }
        }
        throw new NativeLoadException(PROPERTY + " is \"" + wish + "\": expected auto, sse, avx, avx2 or avx512");
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the generation that a manager says it uses, in the numbers of its version} */
    static String used(int number, Layout layout) {
        String[] names = layout.emulation()
                ? new String[] {"none", "sse without AES-NI", "sse", "avx", "avx2", "avx512"}
                : new String[] {"none", "sse", "avx2", "avx512"};
        return number > 0 && number < names.length ? names[number] : "generation " + number;
    }
}
