package io.esp4j.tools.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text in columns: the first line heads them, numbers stand to the right. Threads: single owner thread. */
public final class Table {
    private final List<String[]> rows = new ArrayList<>();
    private final int columns;

    /**
     * An empty table.
     *
     * @param headings of the columns
     */
    public Table(String... headings) {
        columns = headings.length;
        rows.add(headings);
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns
     */
    public void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells: expected " + columns);
        }
        rows.add(cells);
    }

    /**
     * Writes the table.
     *
     * @param out where to
     */
    public void print(PrintWriter out) {
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            numeric[column] = rows.size() > 1;
            for (int row = 0; row < rows.size(); row++) {
                String cell = rows.get(row)[column];
                widths[column] = Math.max(widths[column], cell.length());
                numeric[column] &= row == 0 || cell.matches("[-0-9.,%]*|0x[0-9a-f]+");
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String space = " ".repeat(widths[column] - row[column].length());
                line.append(column == 0 ? "" : "  ")
                        .append(numeric[column] ? space : "")
                        .append(row[column])
                        .append(numeric[column] ? "" : space);
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
