package io.esp4j.tools.sa;

import io.esp4j.tools.sa.Json.Kind;
import io.esp4j.tools.terminal.UserError;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of one JSON object, asked for one by one; {@link #end()} refuses what nobody asked for. Threads: single owner
 * thread.
 */
final class Fields {
    private static final Pattern LOOKS_LIKE_A_KEY = Pattern.compile("[0-9a-fA-F]{20}");
    private static final int LONGEST_SHOWN = 64;

    private final String where;
    private final String prefix;
    private final Map<String, Json> fields = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * The fields of an object.
     *
     * @param where the file and the SA, as messages begin
     * @param prefix the object's own name with a dot behind it, or nothing
     * @throws UserError if a name occurs twice
     */
    Fields(String where, String prefix, Json object) {
        this.where = where;
        this.prefix = prefix;
        for (int i = 0; i < object.names().size(); i++) {
            String name = object.names().get(i);
            if (fields.put(name, object.values().get(i)) != null) {
                throw wrong(name, "expected once, found twice");
            }
        }
    }

    /** An error of one field. */
    UserError wrong(String field, String complaint) {
        return new UserError(where + ": " + prefix + (isShowable(field) ? field : described(field)) + ": " + complaint);
    }

    /** An error that shows the field's text if that is no key. */
    UserError wrong(String field, String expected, String found) {
        return wrong(
                field,
                "expected " + expected + ", found " + (isShowable(found) ? '"' + found + '"' : described(found)));
    }

    static boolean looksLikeAKey(String text) {
        return LOOKS_LIKE_A_KEY.matcher(text).find();
    }

    /** {@return whether a message may have it in it} */
    static boolean isShowable(String text) {
        return text.length() <= LONGEST_SHOWN
                && !looksLikeAKey(text)
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static String described(String text) {
        return "a string of " + text.length() + " characters";
    }

    /** {@return the field's value, or null} */
    Json value(String field) {
        known.add(field);
        return fields.get(field);
    }

    private Json value(String field, Kind kind) {
        Json value = value(field);
        if (value != null && value.kind() != kind) {
            throw wrong(field, "expected " + kind + ", found " + value.kind());
        }
        return value;
    }

    /** {@return a string, or null if the field is absent} */
    String text(String field) {
        Json value = value(field, Kind.TEXT);
        return value == null ? null : value.text();
    }

    String requiredText(String field, String expected) {
        String text = text(field);
        if (text == null) {
            throw wrong(field, "expected " + expected + ", found nothing");
        }
        return text;
    }

    boolean flag(String field) {
        Json value = value(field, Kind.FLAG);
        return value != null && value.text().equals("true");
    }

    /** {@return a whole number within bounds, or the default} */
    long number(String field, long least, long greatest, long ifAbsent) {
        Json value = value(field, Kind.NUMBER);
        return value == null ? ifAbsent : whole(field, value.text(), least, greatest);
    }

    long requiredNumber(String field, long least, long greatest) {
        Json value = value(field, Kind.NUMBER);
        if (value == null) {
            throw wrong(field, "expected " + least + " to " + greatest + ", found nothing");
        }
        return whole(field, value.text(), least, greatest);
    }

    private long whole(String field, String digits, long least, long greatest) {
        if (digits.matches("-?[0-9]{1,19}")) {
            BigDecimal number = new BigDecimal(digits);
            if (number.compareTo(BigDecimal.valueOf(least)) >= 0
                    && number.compareTo(BigDecimal.valueOf(greatest)) <= 0) {
                return number.longValueExact();
            }
        }
        throw wrong(field, "a whole number from " + least + " to " + greatest, digits);
    }

    /** {@return the fields of an object, or null if the field is absent} */
    Fields object(String field) {
        Json value = value(field, Kind.OBJECT);
        return value == null ? null : new Fields(where, prefix + field + ".", value);
    }

    Json list(String field) {
        return value(field, Kind.LIST);
    }

    /**
     * Ends the reading of the object.
     *
     * @throws UserError if it has a field that was not asked for
     */
    void end() {
        for (String name : fields.keySet()) {
            if (!known.contains(name)) {
                throw wrong(name, "unknown field, expected one of " + String.join(", ", known));
            }
        }
    }
}
