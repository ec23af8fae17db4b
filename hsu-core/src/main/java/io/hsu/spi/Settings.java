package io.hsu.spi;

import io.hsu.internal.Require;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of a plug-in as the user wrote them, read key by key with checked types. Keys that are asked for are known;
 * what remains is refused by {@link #refuseUnread}. Not safe for use by many threads.
 */
public final class Settings {

    private final Map<String, ?> values;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param values strings, numbers, booleans, lists and maps of them
     */
    public Settings(Map<String, ?> values) {
        // YAML has keys without a value; Map.copyOf would refuse them without saying which.
        this.values = new LinkedHashMap<>(values);
    }

    /** {@return whether the user wrote this key} */
    public boolean has(String key) {
        asked.add(key);
        return values.get(key) != null;
    }

    /** {@return a text that must be there} */
    public String requiredString(String key) {
        return string(key).orElseThrow(() -> new IllegalArgumentException("%s is missing".formatted(key)));
    }

    /** {@return a text; numbers and booleans count as what they look like} */
    public Optional<String> string(String key) {
        return value(key).map(value -> {
            Require.argument(
                    value instanceof String || value instanceof Number || value instanceof Boolean,
                    "%s must be a text, but is a %s",
                    key,
                    kind(value));
            return value.toString();
        });
    }

    /** {@return a whole number within bounds that must be there} */
    public int requiredInt(String key, int least, int most) {
        return integer(key, least, most)
                .orElseThrow(() -> new IllegalArgumentException("%s is missing".formatted(key)));
    }

    /** {@return a whole number within bounds} */
    public Optional<Integer> integer(String key, int least, int most) {
        return value(key).map(value -> {
            Require.argument(
                    value instanceof Integer || value instanceof Long,
                    "%s must be a whole number from %d to %d, but is %s",
                    key,
                    least,
                    most,
                    value);
            long number = ((Number) value).longValue();
            Require.argument(
                    number >= least && number <= most, "%s must be from %d to %d, but is %d", key, least, most, number);
            return (int) number;
        });
    }

    /** {@return a yes or no} */
    public Optional<Boolean> bool(String key) {
        return value(key).map(value -> {
            Require.argument(value instanceof Boolean, "%s must be true or false, but is %s", key, value);
            return (Boolean) value;
        });
    }

    /** {@return a list of texts; empty if the user did not write it} */
    public List<String> strings(String key) {
        Object value = value(key).orElse(List.of());
        Require.argument(value instanceof List, "%s must be a list of texts, but is a %s", key, kind(value));
        return ((List<?>) value).stream().map(String::valueOf).toList();
    }

    /** {@return a map of texts; empty if the user did not write it} */
    public Map<String, String> stringMap(String key) {
        Object value = value(key).orElse(Map.of());
        Require.argument(value instanceof Map, "%s must be a map of texts, but is a %s", key, kind(value));
        Map<String, String> texts = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        return texts;
    }

    /**
     * Refuses keys that nobody has asked for.
     *
     * @throws IllegalArgumentException if there are any, with their names and the known ones
     */
    public void refuseUnread() {
        Set<String> unread = unread();
        Require.argument(
                unread.isEmpty(),
                "unknown setting %s; known are %s",
                String.join(", ", unread),
                String.join(", ", new TreeSet<>(asked)));
    }

    /** {@return keys that nobody has asked for} */
    public Set<String> unread() {
        Set<String> unread = new TreeSet<>(values.keySet());
        unread.removeAll(asked);
        return unread;
    }

    /** Header values and the like are secrets: a message tells what kind of thing it is, not what it says. */
    private static String kind(Object value) {
        return value instanceof List ? "list" : value instanceof Map ? "map" : "single value";
    }

    private Optional<Object> value(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }
}
