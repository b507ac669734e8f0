package io.esp4j.tools.sa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.esp4j.tools.sa.Json.Kind;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON text: one value, nothing behind it. Messages say where, never what: the text has keys in it. Stateless. */
final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonText() {}

    /**
     * Reads a text.
     *
     * @param name stands for the text in messages
     * @throws UserError if it is no JSON
     */
    static Json read(String name, String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new UserError(name + ": is empty, expected a JSON object");
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw new UserError(name + ": " + place(parser.currentTokenLocation())
                        + ": expected nothing behind the JSON object, found more");
            }
            return value;
        } catch (StreamConstraintsException e) {
            // Jackson's limits, such as 1000 levels; it does not say where.
            throw new UserError(name + ": is nested too deep or has too long a number, expected a JSON object");
        } catch (JsonProcessingException e) {
            throw new UserError(name + ": " + place(e.getLocation()) + ": is not JSON, expected a JSON object");
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Json value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        Kind kind = kind(token);
        if (kind != Kind.OBJECT && kind != Kind.LIST) {
            String text = parser.getText();
            return new Json(kind, text, start, (int) parser.currentLocation().getCharOffset());
        }
        Json container = new Json(kind, null, start, start);
        while (!parser.nextToken().isStructEnd()) {
            String name = null;
            if (kind == Kind.OBJECT) {
                name = parser.currentName();
                parser.nextToken();
            }
            container.add(name, value(parser));
        }
        container.end((int) parser.currentLocation().getCharOffset());
        return container;
    }

    private static Kind kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> Kind.OBJECT;
            case START_ARRAY -> Kind.LIST;
            case VALUE_STRING -> Kind.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.FLAG;
            default -> Kind.NOTHING;
        };
    }
}
