package io.esp4j.crypto.natives;

import java.util.function.Supplier;

/** Sets a system property for as long as a test needs it. */
public final class Settings {
    private Settings() {}

    /** {@return what a supplier returns while a property has a value} */
    public static <T> T with(String property, String value, Supplier<T> supplier) {
        String before = System.setProperty(property, value);
        try {
            return supplier.get();
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }
}
