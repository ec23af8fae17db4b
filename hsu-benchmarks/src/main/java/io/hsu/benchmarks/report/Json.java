package io.hsu.benchmarks.report;

import java.util.Iterator;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truth values as JSON; all a report needs. */
final class Json {

    static String write(Object value) {
        StringBuilder text = new StringBuilder();
        append(text, value, "\n");
        return text.toString();
    }

    private static void append(StringBuilder text, Object value, String lineBreak) {
        if (value instanceof Map<?, ?> map) {
            appendAll(text, '{', '}', map.entrySet(), lineBreak);
        } else if (value instanceof Iterable<?> items) {
            appendAll(text, '[', ']', items, lineBreak);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            appendText(text, String.valueOf(entry.getKey()));
            text.append(": ");
            append(text, entry.getValue(), lineBreak);
        } else if (isWritableAsItIs(value)) {
            text.append(value);
        } else {
            appendText(text, value.toString());
        }
    }

    /** JSON has no word for a number that is none. */
    private static boolean isWritableAsItIs(Object value) {
        return value == null
                || value instanceof Boolean
                || (value instanceof Number number && Double.isFinite(number.doubleValue()));
    }

    private static void appendAll(StringBuilder text, char open, char close, Iterable<?> items, String lineBreak) {
        text.append(open);
        String inside = lineBreak + "  ";
        for (Iterator<?> iterator = items.iterator(); iterator.hasNext(); ) {
            text.append(inside);
            append(text, iterator.next(), inside);
            text.append(iterator.hasNext() ? "," : lineBreak);
        }
        text.append(close);
    }

    private static void appendText(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private Json() {}
}
