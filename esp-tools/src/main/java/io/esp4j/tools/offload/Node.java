package io.esp4j.tools.offload;

import com.fasterxml.jackson.databind.JsonNode;
import io.esp4j.tools.terminal.UserError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object that knows where it stands: its fields are asked for one by one, and {@link #end} refuses what nobody asked for.
 * Threads: single owner thread.
 */
final class Node {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ns|us|ms|s)");
    private static final Map<String, Long> UNITS =
            Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);

    /** A day: as often as a step can repeat, it still fits into 64 bits. */
    private static final long MOST_NANOS = 86_400_000_000_000L;

    private final String where;
    private final JsonNode json;
    private final Set<String> known = new LinkedHashSet<>();

    Node(String where, JsonNode json) {
        this.where = where;
        this.json = json;
        if (!json.isObject()) {
            throw new UserError(where + ": expected an object, found " + kind(json));
        }
    }

    static String kind(JsonNode json) {
        return switch (json.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> '"' + json.asText() + '"';
            case NULL, MISSING -> "nothing";
            default -> json.asText();
        };
    }

    String where() {
        return where;
    }

    UserError wrong(String field, String expected) {
        JsonNode value = json.path(field);
        return new UserError(where + "." + field + ": expected " + expected + ", found " + kind(value));
    }

    private JsonNode field(String name) {
        known.add(name);
        JsonNode value = json.path(name);
        return value.isNull() ? json.path("") : value;
    }

    boolean has(String name) {
        return !field(name).isMissingNode();
    }

    String text(String name, String ifAbsent) {
        JsonNode value = field(name);
        if (value.isMissingNode() && ifAbsent != null) {
            return ifAbsent;
        }
        if (!value.isTextual()) {
            throw wrong(name, "a string");
        }
        return value.asText();
    }

    /** A string that means something, or an error that says what was expected. */
    <T> T parsed(String name, String ifAbsent, String expected, Function<String, T> parser) {
        String text = text(name, ifAbsent);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(name, expected);
        }
    }

    /** One of an enum's constants, in lower case with hyphens. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E ifAbsent) {
        if (!has(name) && ifAbsent != null) {
            return ifAbsent;
        }
        return parsed(name, null, "one of " + spelled(type), text -> choice(type, text));
    }

    static <E extends Enum<E>> E choice(Class<E> type, String text) {
        if (!text.equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(text);
        }
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static String spelled(Class<? extends Enum<?>> type) {
        List<String> names = new ArrayList<>();
        for (Enum<?> constant : type.getEnumConstants()) {
            names.add(spelled(constant));
        }
        return String.join(", ", names);
    }

    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean flag(String name, boolean ifAbsent) {
        JsonNode value = field(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.asBoolean(ifAbsent);
    }

    long number(String name, long least, long greatest, long ifAbsent) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            return ifAbsent;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.asLong() < least
                || value.asLong() > greatest) {
            throw wrong(name, "a whole number from " + least + " to " + greatest);
        }
        return value.asLong();
    }

    double share(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            return 0;
        }
        if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
            throw wrong(name, "a number from 0 to 1");
        }
        return value.asDouble();
    }

    /** A time such as {@code 20us}; 0 without a field. */
    long nanos(String name) {
        return parsed(name, "0ns", "a time such as 200ns, 20us, 5ms or 1s, at most a day", text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(text);
            }
            long nanosPerUnit = UNITS.get(matcher.group(2));
            long units = Long.parseLong(matcher.group(1));
            if (units > MOST_NANOS / nanosPerUnit) {
                throw new IllegalArgumentException(text);
            }
            return units * nanosPerUnit;
        });
    }

    /** The whole numbers of a list; none without a field. */
    List<Integer> numbers(String name, int least, int greatest) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode value : list(name)) {
            if (!value.isInt() || value.asInt() < least || value.asInt() > greatest) {
                throw new UserError(where + "." + name + ": expected whole numbers from " + least + " to " + greatest
                        + ", found " + kind(value));
            }
            numbers.add(value.asInt());
        }
        return numbers;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : list(name)) {
            if (!value.isTextual()) {
                throw new UserError(where + "." + name + ": expected strings, found " + kind(value));
            }
            texts.add(value.asText());
        }
        return texts;
    }

    private JsonNode list(String name) {
        JsonNode value = field(name);
        if (!value.isMissingNode() && !value.isArray()) {
            throw wrong(name, "a list");
        }
        return value;
    }

    /** The objects of a list, each read by somebody; none without a field. */
    <T> List<T> objects(String name, Function<Node, T> reader) {
        List<T> read = new ArrayList<>();
        int index = 0;
        for (JsonNode value : list(name)) {
            Node node = new Node(where + "." + name + "[" + index + "]", value);
            read.add(reader.apply(node));
            node.end();
            index++;
        }
        return read;
    }

    /** The fields of an object by name; none without a field. */
    Map<String, JsonNode> map(String name) {
        JsonNode value = field(name);
        if (!value.isMissingNode() && !value.isObject()) {
            throw wrong(name, "an object");
        }
        Map<String, JsonNode> map = new LinkedHashMap<>();
        value.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }

    Node object(String name) {
        return new Node(where + "." + name, field(name));
    }

    /** The only field besides those that were asked for. */
    String verb(String expected) {
        String found = null;
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                if (found != null) {
                    throw new UserError(where + ": expected one of " + expected + ", found " + found + " and " + name);
                }
                found = name;
            }
        }
        if (found == null) {
            throw new UserError(where + ": expected one of " + expected + ", found none");
        }
        return found;
    }

    void end() {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new UserError(
                        where + "." + name + ": unknown field, expected one of " + String.join(", ", known));
            }
        }
    }
}
