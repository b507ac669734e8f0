package io.esp4j.tools.exchange;

import io.esp4j.crypto.Transform;

/** The algorithms and keys of one state of {@code ip xfrm}. Messages never show keys. Threads: single owner thread. */
final class XfrmKeys {
    /** What the kernel truncates an HMAC to where nothing is said, in bits (RFC 2404, and the draft before RFC 4868). */
    private static final int DEFAULT_HMAC_BITS = 96;

    private String combined;
    private String encryption;
    private String hmac;
    private String key = "";
    private String integrityKey = "";
    private int icvBits;

    /**
     * Takes a line: the kind, the algorithm, the key, and for some the length of the ICV in bits.
     *
     * @throws IllegalArgumentException if it makes no sense
     */
    void take(String[] words) {
        if (words.length < 2) {
            throw new IllegalArgumentException("expected an algorithm behind " + words[0]);
        }
        switch (words[0]) {
            case "aead" -> {
                combined = words[1];
                key = key(words);
                icvBits = bits(words);
            }
            case "auth-trunc" -> {
                hmac = words[1];
                integrityKey = key(words);
                icvBits = bits(words);
            }
            case "auth" -> {
                hmac = words[1];
                integrityKey = key(words);
                icvBits = DEFAULT_HMAC_BITS;
            }
            default -> {
                encryption = words[1];
                key = key(words);
            }
        }
    }

    private static String key(String[] words) {
        if (words.length == 2) {
            return "";
        }
        if (!words[2].matches("0x([0-9a-fA-F]{2})*")) {
            throw new IllegalArgumentException("expected a key of 0x and hex digits (is it hidden?)");
        }
        return words[2].substring(2);
    }

    /** The last number of the line; with {@code -s} the key's length in parentheses stands before it. */
    private static int bits(String[] words) {
        String last = words[words.length - 1];
        if (!last.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("expected the ICV's length in bits at the end");
        }
        return Integer.parseInt(last);
    }

    /** {@return the transform, or null if there is none of these algorithms and lengths} */
    Transform transform() {
        if (combined != null) {
            return XfrmAlgorithms.combined(combined, key.length() / 2, icvBits / 8);
        }
        if (encryption == null || hmac == null) {
            return null;
        }
        return XfrmAlgorithms.separate(encryption, key.length() / 2, hmac, icvBits / 8);
    }

    String key() {
        return key;
    }

    String integrityKey() {
        return integrityKey;
    }

    @Override
    public String toString() {
        return (combined == null ? encryption + " with " + hmac : combined) + ", a key of " + key.length() / 2
                + " octets, an ICV of " + icvBits + " bits";
    }
}
