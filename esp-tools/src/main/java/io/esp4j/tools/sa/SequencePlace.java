package io.esp4j.tools.sa;

/**
 * Where in the text of an SA file the number of one SA stands, or would stand.
 *
 * @param from position of its first character
 * @param to position after its last character; {@code from} if the field is absent
 */
record SequencePlace(int from, int to) {
    /** {@return what goes there} */
    String text(long sequence) {
        String number = "\"0x" + Long.toHexString(sequence) + '"';
        return from == to ? ", \"sequence\": " + number : number;
    }
}
