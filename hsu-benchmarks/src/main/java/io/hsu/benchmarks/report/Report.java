package io.hsu.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark has found: a table, and notes on what is not in it. For people it is text that is Markdown too, for
 * programs JSON with the values as they were measured.
 */
public final class Report {

    private final String title;
    private final List<Column> columns;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public Report(String title, Column... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    /**
     * Adds a row.
     *
     * @param values one for each column; null where nothing was measured
     */
    public void row(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "a row has %d values, but the table %d columns".formatted(values.length, columns.size()));
        }
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(columns.get(i).key(), values[i]);
        }
        rows.add(row);
    }

    /** Adds a line that stands below the table. */
    public void note(String note) {
        notes.add(note);
    }

    /** {@return the table and the notes, as Markdown} */
    public String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(Column::title).toList());
        rows.forEach(row -> lines.add(columns.stream()
                .map(column -> column.text(row.get(column.key())))
                .toList()));
        int[] widths = new int[columns.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder("**" + title + "**\n\n");
        appendLine(text, lines.get(0), widths);
        appendLine(text, ruler(widths), widths);
        lines.subList(1, lines.size()).forEach(line -> appendLine(text, line, widths));
        if (!notes.isEmpty()) {
            text.append('\n');
            notes.forEach(note -> text.append("- ").append(note).append('\n'));
        }
        return text.toString();
    }

    /** {@return everything as JSON, with the machine it was measured on} */
    public String json() {
        return Json.write(values()) + "\n";
    }

    /** {@return what some have, as a JSON array} */
    static String json(List<Report> reports) {
        return Json.write(reports.stream().map(Report::values).toList()) + "\n";
    }

    private Map<String, Object> values() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", title);
        all.put("machine", Machine.describe());
        all.put("rows", rows);
        all.put("notes", notes);
        return all;
    }

    /** The first column holds names, the others numbers. */
    private static void appendLine(StringBuilder text, List<String> cells, int[] widths) {
        text.append('|');
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            text.append(' ')
                    .append(i == 0 ? cells.get(i) + padding : padding + cells.get(i))
                    .append(" |");
        }
        text.append('\n');
    }

    private static List<String> ruler(int[] widths) {
        List<String> rules = new ArrayList<>(Arrays.stream(widths)
                .mapToObj(width -> "-".repeat(width - 1) + ":")
                .toList());
        rules.set(0, "-".repeat(widths[0]));
        return rules;
    }
}
