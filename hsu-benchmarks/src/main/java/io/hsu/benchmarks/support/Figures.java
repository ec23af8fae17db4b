package io.hsu.benchmarks.support;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Named numbers, in an order, that one JVM tells another in a line. */
public final class Figures {

    private final Map<String, Long> values = new LinkedHashMap<>();

    /**
     * Adds a figure.
     *
     * @param name without blanks and equals signs
     */
    public Figures put(String name, long value) {
        values.put(name, value);
        return this;
    }

    /** {@return whether there is a figure of that name} */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * {@return a figure}
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public long get(String name) {
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
    public static Figures parse(String line) {
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
