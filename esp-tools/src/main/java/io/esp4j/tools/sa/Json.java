package io.esp4j.tools.sa;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON value and where it stands in its text. Duplicate names are kept, for whoever reads the object to refuse. Threads:
 * immutable once read.
 */
final class Json {
    /** What a value is, in words of an error message. */
    enum Kind {
        OBJECT("an object"),
        LIST("a list"),
        TEXT("a string"),
        NUMBER("a number"),
        FLAG("true or false"),
        NOTHING("null");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final Kind kind;
    private final String text;
    private final int start;
    private final List<String> names = new ArrayList<>();
    private final List<Json> values = new ArrayList<>();
    private int end;

    Json(Kind kind, String text, int start, int end) {
        this.kind = kind;
        this.text = text;
        this.start = start;
        this.end = end;
    }

    void add(String name, Json value) {
        names.add(name);
        values.add(value);
    }

    void end(int position) {
        end = position;
    }

    Kind kind() {
        return kind;
    }

    /** The characters of a string or number, or {@code true} or {@code false}. */
    String text() {
        return text;
    }

    /** The names of an object's fields, in order, or nulls for a list. */
    List<String> names() {
        return names;
    }

    /** The values of an object or a list. */
    List<Json> values() {
        return values;
    }

    /** Where its first character stands. */
    int start() {
        return start;
    }

    /** The position after its last character. */
    int end() {
        return end;
    }
}
