package io.esp4j.crypto;

/** Providers as they come from a broken installation. */
final class BrokenProviders {
    private BrokenProviders() {}

    /** What all of them have: nothing. */
    abstract static class Nothing implements CryptoProvider {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public Availability availability() {
            return Availability.available("never asked");
        }

        @Override
        public boolean supports(Transform transform) {
            return false;
        }

        @Override
        public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
            throw new IllegalArgumentException();
        }

        @Override
        public CryptoContext newContext() {
            throw new IllegalArgumentException();
        }
    }

    /** A class that it needs is missing. */
    public static final class WithoutClass extends Nothing {
        public WithoutClass() {
            throw new NoClassDefFoundError("org/example/Missing");
        }
    }

    /** A library that it loads too early is missing. */
    public static final class WithoutLibrary extends Nothing {
        public WithoutLibrary() {
            throw new UnsatisfiedLinkError("libmissing.so");
        }
    }

    /** A library is missing, and it does not catch that. */
    public static final class Undecided extends Nothing {
        @Override
        public String name() {
            return "undecided";
        }

        @Override
        public Availability availability() {
            throw new UnsatisfiedLinkError("libundecided.so");
        }
    }
}
