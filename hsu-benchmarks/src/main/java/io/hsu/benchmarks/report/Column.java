package io.hsu.benchmarks.report;

import java.util.Locale;

/**
 * One column of a table.
 *
 * @param key its name in JSON
 * @param title its name for people
 * @param format how a value is written for people, as {@link String#format} takes it
 */
public record Column(String key, String title, String format) {

    /** What stands where nothing was measured. */
    private static final String NOTHING = "–";

    String text(Object value) {
        return value == null ? NOTHING : String.format(Locale.ROOT, format, value);
    }
}
