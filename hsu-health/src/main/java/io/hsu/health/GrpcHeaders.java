package io.hsu.health;

import io.grpc.Metadata;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Metadata that goes with a call. The values are secrets: they are in no message. Immutable. */
final class GrpcHeaders {

    static final GrpcHeaders NONE = new GrpcHeaders(Map.of());

    private static final Pattern NAME = Pattern.compile("[0-9a-z_.-]+");
    /** A shorter word is not told from others. */
    private static final int SHORTEST_SECRET = 6;

    private static final Set<String> OWN = Set.of("connection", "content-type", "host", "te", "user-agent");

    private final Map<String, String> values; // names in lower case

    private GrpcHeaders(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    GrpcHeaders with(String name, String value) {
        Objects.requireNonNull(value, "value");
        String key = name.toLowerCase(Locale.ROOT);
        check(name, key);
        HeaderText.checkValue(name, value, false);
        Map<String, String> more = new TreeMap<>(values);
        more.put(key, value);
        return new GrpcHeaders(more);
    }

    private static void check(String name, String key) {
        if (!NAME.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "header name '%s' is not allowed; it must be letters, digits, '-', '_' and '.'".formatted(name));
        }
        if (key.endsWith("-bin")) {
            throw new IllegalArgumentException(
                    "header '%s' is not allowed; the value of a name that ends in -bin is bytes, and only text can be given"
                            .formatted(name));
        }
        if (key.startsWith("grpc-") || OWN.contains(key)) {
            throw new IllegalArgumentException("header '%s' is not allowed; gRPC sets it itself".formatted(name));
        }
    }

    Metadata metadata() {
        Metadata metadata = new Metadata();
        values.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        return metadata;
    }

    /** {@return a text of the server's, which may hold what it was sent, or a word of it, without that} */
    String masked(String text) {
        String masked = text;
        // The longest first: a shorter one may be a part of it.
        for (String secret : secrets()) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }

    private List<String> secrets() {
        return values.values().stream()
                .flatMap(value -> Stream.concat(
                        Stream.of(value),
                        Arrays.stream(value.split("\\s+")).filter(word -> word.length() >= SHORTEST_SECRET)))
                .filter(secret -> !secret.isEmpty())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrpcHeaders that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The names. */
    @Override
    public String toString() {
        return String.join(", ", values.keySet());
    }
}
