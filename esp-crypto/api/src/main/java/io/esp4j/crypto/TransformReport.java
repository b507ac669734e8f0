package io.esp4j.crypto;

/**
 * What is known of one transform of a provider.
 *
 * @param transform the transform
 * @param state whether it is computed, and rightly
 * @param detail why the known-answer test failed, otherwise empty
 */
public record TransformReport(Transform transform, State state, String detail) {

    /** Whether a transform is computed, and rightly. */
    public enum State {
        /** The provider does not compute it. */
        UNSUPPORTED,
        /** The known-answer test passed. */
        PASSED,
        /** The known-answer test failed: the provider is not used for it. */
        FAILED
    }
}
