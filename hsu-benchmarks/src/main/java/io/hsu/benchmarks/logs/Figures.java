package io.hsu.benchmarks.logs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Named numbers, in an order, that one JVM tells another in a line. */
final class Figures {

    private final Map<String, Long> values = new LinkedHashMap<>();

    /** @param name without blanks and equals signs */
    Figures put(String name, long value) {
        values.put(name, value);
        return this;
    }

    /**
     * {@return a figure}
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    long get(String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no figure '%s' in: %s".formatted(name, this));
        }
        return value;
    }

    /**
     * {@return the figures of a line}
     *
     * @throws IllegalArgumentException if it has anything else
     */
    static Figures parse(String line) {
        Figures figures = new Figures();
        for (String figure : line.split(" ", -1)) {
            String[] parts = figure.split("=", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("there is no figure in '%s' of: %s".formatted(figure, line));
            }
            figures.put(parts[0], Long.parseLong(parts[1]));
        }
        return figures;
    }

    /** {@return the line} */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining(" "));
    }
}
