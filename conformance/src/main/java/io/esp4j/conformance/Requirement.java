package io.esp4j.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of {@code docs/requirements.csv}.
 *
 * @param id a letter and a number, unique
 * @param level how much its source asks for it: MUST, SHOULD, MAY, policy, or simulator
 * @param title what it asks, in one line
 * @param limit what is missing or weaker than asked, empty if nothing is
 */
record Requirement(String id, String level, String title, String limit) {
    private static final String HEADER = "id,level,title,limit";
    private static final int FIELDS = 4;

    /**
     * Reads all rows.
     *
     * @param csv the file, UTF-8, its first line the names of the fields
     * @throws IllegalArgumentException if a row does not have four fields, or an id occurs twice
     */
    static List<Requirement> read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException(csv + ": expected the first line " + HEADER);
        }
        List<Requirement> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Requirement row = parse(line);
            if (rows.stream().anyMatch(other -> other.id.equals(row.id))) {
                throw new IllegalArgumentException(csv + ": " + row.id + " occurs twice");
            }
            rows.add(row);
        }
        return rows;
    }

    private static Requirement parse(String line) {
        List<String> fields = fields(line);
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("expected the fields " + HEADER + ", found: " + line);
        }
        return new Requirement(fields.get(0), fields.get(1), fields.get(2), fields.get(3));
    }

    /** RFC 4180, without line breaks in fields. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
