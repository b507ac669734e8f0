package io.esp4j.tools.offload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esp4j.offload.scenario.Scenario;
import io.esp4j.offload.scenario.ScenarioRun;
import io.esp4j.tools.terminal.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads scenarios.
 *
 * <p>A scenario has fields of its own, fields of a run, and a list of runs. Each run has the scenario's fields but for those that it
 * gives itself; of {@code parameters} and {@code expect} it has both. A string {@code "$x"} anywhere stands for the value that
 * the run's {@code with} gives to {@code x}. Stateless.
 */
final class ScenarioReader {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> OWN = Set.of("title", "about", "source", "statements", "seed", "runs");
    private static final Set<String> MERGED = Set.of("parameters", "expect");

    private ScenarioReader() {}

    /**
     * {@return a scenario}
     *
     * @param name its name
     * @param text its JSON
     * @throws UserError if it is none; the message says where and what was expected
     */
    static Scenario read(String name, String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            String at =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new UserError(name + ": expected JSON" + at + ", found "
                    + e.getOriginalMessage().lines().findFirst().orElse("something else"));
        }
        Node root = new Node(name, json);
        String title = root.text("title", null);
        String about = root.text("about", "");
        String source = root.text("source", "");
        List<String> statements = root.texts("statements");
        long seed = root.number("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1);
        List<ScenarioRun> runs = new ArrayList<>();
        int index = 0;
        for (ObjectNode run : runs((ObjectNode) json, root)) {
            runs.add(RunReader.read(new Node(name + ".runs[" + index + "]", run)));
            index++;
        }
        Set<String> names = new HashSet<>();
        for (ScenarioRun run : runs) {
            if (!names.add(run.name())) {
                throw new UserError(name + ".runs: expected different names, found \"" + run.name() + "\" twice");
            }
        }
        return new Scenario(name, title, about, source, statements, seed, runs);
    }

    /** The runs with all their fields. */
    private static List<ObjectNode> runs(ObjectNode json, Node root) {
        List<ObjectNode> complete = new ArrayList<>();
        JsonNode list = json.path("runs");
        if (list.isMissingNode()) {
            list = JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.objectNode());
        } else if (!list.isArray() || list.isEmpty()) {
            throw root.wrong("runs", "a list of one run or more");
        }
        for (JsonNode own : list) {
            if (!own.isObject()) {
                throw root.wrong("runs", "a list of objects");
            }
            ObjectNode run = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                if (!OWN.contains(field.getKey())) {
                    run.set(field.getKey(), field.getValue());
                }
            }
            ObjectNode with = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : own.properties()) {
                if (field.getKey().equals("with")) {
                    if (!field.getValue().isObject()) {
                        throw root.wrong("runs", "with: an object of values");
                    }
                    with = (ObjectNode) field.getValue();
                } else {
                    run.set(field.getKey(), merged(run, field));
                }
            }
            complete.add((ObjectNode) substituted(run, with, root));
        }
        return complete;
    }

    private static JsonNode merged(ObjectNode run, Map.Entry<String, JsonNode> field) {
        JsonNode base = run.path(field.getKey());
        if (MERGED.contains(field.getKey())
                && base.isObject()
                && field.getValue().isObject()) {
            ObjectNode both = ((ObjectNode) base).deepCopy();
            both.setAll((ObjectNode) field.getValue());
            return both;
        }
        return field.getValue();
    }

    private static JsonNode substituted(JsonNode json, ObjectNode with, Node root) {
        if (json.isTextual() && json.asText().startsWith("$")) {
            JsonNode value = with.path(json.asText().substring(1));
            if (value.isMissingNode()) {
                throw new UserError(root.where() + ": " + json.asText()
                        + " stands for nothing: expected one of the run's " + "\"with\"");
            }
            return value;
        }
        if (json.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            json.forEach(value -> list.add(substituted(value, with, root)));
            return list;
        }
        if (json.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(field -> object.set(field.getKey(), substituted(field.getValue(), with, root)));
            return object;
        }
        return json;
    }
}
