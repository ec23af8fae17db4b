package io.hsu.config;

import io.hsu.config.Interpolation.Reference;
import io.hsu.config.Interpolation.Resolved;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of the file, and where it stands.
 *
 * <p>The readers ({@link #text}, {@link #duration}, ...) throw {@link IllegalArgumentException}, as builders do; {@link
 * #read} turns both into a problem at this place. Quotes make no difference where a number or a yes or no is expected,
 * so that a reference can stand for one.
 */
final class Value {

    /** What shorter pieces have in common is chance. */
    private static final int SHORTEST_PART = 5;

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern VALUE_IN_MESSAGE =
            Pattern.compile(", but (is|has|was) (?!'[^']*\\$\\{).*", Pattern.DOTALL);

    private final Node node;
    private final Place place;
    private final Place keyPlace;
    private final Source source;

    Value(Node node, String path, Source source) {
        this(node, Place.of(node, path), source);
    }

    /** A value of a mapping; its key stands elsewhere. */
    Value(Node node, Place keyPlace, Source source) {
        this.node = node;
        this.place = Place.of(node, keyPlace.path());
        this.keyPlace = keyPlace;
        this.source = source;
    }

    /** {@return where the value begins} */
    Place place() {
        return place;
    }

    /** {@return where its key stands; the value itself if it is an item of a list} */
    Place keyPlace() {
        return keyPlace;
    }

    Source source() {
        return source;
    }

    boolean isNull() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    boolean isBlock() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Hands the value to a reader and reports what it refuses, here. */
    <T> Optional<T> read(Function<Value, T> reader) {
        try {
            return Optional.of(reader.apply(this));
        } catch (IllegalArgumentException | IllegalStateException e) {
            error(redacted(e.getMessage()));
            return Optional.empty();
        }
    }

    void error(String message) {
        source.problems().error(place, message);
    }

    /** {@return a message without anything that a reference below this value stands for, and without secrets spelled out} */
    String redacted(String message) {
        String redacted = SecretKeys.hide(node, source.interpolation(), message);
        List<Reference> references = references(node);
        if (references.isEmpty()) {
            return redacted;
        }
        for (Reference reference : references) {
            if (!reference.value().isBlank()) {
                redacted = Pattern.compile(reference.value(), Pattern.LITERAL | Pattern.CASE_INSENSITIVE)
                        .matcher(redacted)
                        .replaceAll(Matcher.quoteReplacement(reference.toString()));
            }
        }
        String shown = redacted;
        if (references.stream().anyMatch(reference -> sharesPart(shown, reference))) {
            return "is not allowed; why is not said, because it may show what %s stands for"
                    .formatted(references.get(0));
        }
        // A number or a duration may be shown in another form than it came in.
        return VALUE_IN_MESSAGE
                .matcher(shown)
                .replaceAll(Matcher.quoteReplacement(", but is what %s stands for".formatted(references.get(0))));
    }

    /** Someone else's message may show a part only, such as a URL's host. */
    private static boolean sharesPart(String message, Reference reference) {
        String secret = reference.value().toLowerCase(Locale.ROOT);
        String shown = message.toLowerCase(Locale.ROOT);
        return IntStream.rangeClosed(0, shown.length() - SHORTEST_PART)
                .anyMatch(at -> secret.contains(shown.substring(at, at + SHORTEST_PART)));
    }

    private List<Reference> references(Node below) {
        List<Reference> found = new ArrayList<>();
        if (below instanceof ScalarNode scalar) {
            try {
                found.addAll(source.interpolation().resolve(scalar.getValue()).references());
            } catch (IllegalArgumentException e) {
                // It stands for nothing, so there is nothing to hide.
                return found;
            }
        } else if (below instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> found.addAll(references(item)));
        } else if (below instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> found.addAll(references(tuple.getValueNode())));
        }
        return found;
    }

    /** {@return whether a reference is part of it} */
    boolean isSecret() {
        return !references(node).isEmpty();
    }

    /** {@return the value as it is written in the file, for a message} */
    String shown() {
        if (!(node instanceof ScalarNode scalar)) {
            return kindOf(node);
        }
        return Shown.word(scalar.getValue());
    }

    String text() {
        if (node instanceof ScalarNode scalar && !isNull()) {
            Resolved resolved = source.interpolation().resolve(scalar.getValue());
            return resolved.text();
        }
        throw new IllegalArgumentException("must be a text, but is " + kindOf(node));
    }

    String nonBlank() {
        String text = text();
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be blank");
        }
        return text;
    }

    boolean bool() {
        return switch (text().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("must be true or false, but is '%s'".formatted(shown()));
        };
    }

    int integer(int least, int most) {
        String text = text();
        long number = WHOLE.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
        if (number < least || number > most) {
            String allowed = most == Integer.MAX_VALUE ? "%d or more" : "from %d to %d";
            throw new IllegalArgumentException(
                    "must be a whole number, %s, but is '%s'".formatted(allowed.formatted(least, most), shown()));
        }
        return (int) number;
    }

    /** {@return a number above zero} */
    double factor() {
        String text = text();
        double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("must be a number above 0, but is '%s'".formatted(shown()));
        }
        return number;
    }

    Duration duration() {
        return DurationParser.parse(text().strip(), shown());
    }

    /** {@return a number of bytes} */
    long size() {
        return SizeParser.parse(text().strip(), shown());
    }

    /** {@return a number of bytes where an array's length is meant} */
    int smallSize() {
        long size = size();
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("must be less than 2GB, but is '%s'".formatted(shown()));
        }
        return (int) size;
    }

    Path path() {
        return Path.of(nonBlank());
    }

    Pattern pattern() {
        String text = text();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("must not be empty, because that is found in every line; remove it");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "must be a regular expression, but '%s' is none: %s near index %d"
                            .formatted(shown(), e.getDescription(), e.getIndex()),
                    e);
        }
    }

    /** {@return a constant, in any case, with hyphens or underscores} */
    <E extends Enum<E>> E word(Class<E> words) {
        return word(words, EnumSet.allOf(words));
    }

    /**
     * {@return a constant, in any case, with hyphens or underscores}
     *
     * @param supported those that a message may recommend
     */
    <E extends Enum<E>> E word(Class<E> words, Set<E> supported) {
        String text = text();
        String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(wanted)) {
                return word;
            }
        }
        List<String> allowed = supported.stream()
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
        throw new IllegalArgumentException("must be %s%s, but is '%s'%s"
                .formatted(
                        allowed.size() == 1 ? "" : "one of ",
                        String.join(", ", allowed),
                        shown(),
                        Optional.of(text)
                                .filter(written -> !isSecret())
                                .flatMap(written -> DidYouMean.nearest(written, words(words)))
                                .map("; did you mean '%s'?"::formatted)
                                .orElse("")));
    }

    /**
     * {@return a constant, in any case, with hyphens or underscores}
     *
     * @param others other words, in lower case with underscores, for some of them
     */
    <E extends Enum<E>> E word(Class<E> words, Map<String, E> others) {
        E other = others.get(text().strip().toLowerCase(Locale.ROOT).replace('-', '_'));
        return other != null ? other : word(words);
    }

    static <E extends Enum<E>> List<String> words(Class<E> words) {
        return Arrays.stream(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** {@return the items of a list} */
    List<Value> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw new IllegalArgumentException("must be a list, but is " + kindOf(node));
        }
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Value(item, Place.item(place.path(), items.size()), source));
        }
        return items;
    }

    /** {@return what a reader makes of each item; what it refuses is reported and left out} */
    <T> List<T> list(Function<Value, T> reader) {
        return list().stream().flatMap(item -> item.read(reader).stream()).toList();
    }

    List<String> texts() {
        return list(Value::text);
    }

    /** {@return the words of a command}; each is refused at its own place */
    List<String> words() {
        return list(item -> {
            String word = item.text();
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("must not contain a NUL character; take the '\\0' out");
            }
            return word;
        });
    }

    Block block() {
        if (!(node instanceof MappingNode mapping)) {
            throw new IllegalArgumentException("must be a mapping of keys and values, but is " + kindOf(node));
        }
        return new Block(mapping, this);
    }

    /**
     * {@return what a plug-in is given: strings, numbers, booleans, lists, maps; null for nothing}
     *
     * <p>A number is one only if nothing of its text is lost: {@code 0123} and {@code 1.10} stay texts.
     */
    Object plain() {
        if (node instanceof SequenceNode) {
            return list(Value::plain);
        }
        if (node instanceof MappingNode) {
            Map<String, Object> plain = new LinkedHashMap<>();
            block().entries().forEach((key, value) -> {
                if (!value.isNull()) {
                    value.read(Value::plain).ifPresent(read -> plain.put(key, read));
                }
            });
            return plain;
        }
        String text = text();
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (WHOLE.matcher(text).matches() && Long.toString(Long.parseLong(text)).equals(text)) {
            return Long.valueOf(text);
        }
        if (DECIMAL.matcher(text).matches()
                && Double.toString(Double.parseDouble(text)).equals(text)) {
            return Double.valueOf(text);
        }
        return text;
    }

    static String kindOf(Node node) {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return node.getTag().equals(Tag.NULL) ? "empty" : "a text";
    }

    /** {@return the values of a mapping by their keys, in the order of the file} */
    static Map<String, Value> entries(MappingNode mapping, Place parent, Source source) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                Place keyPlace = Place.of(key, parent.child(key.getValue()));
                entries.putIfAbsent(key.getValue(), new Value(tuple.getValueNode(), keyPlace, source));
            }
        }
        return entries;
    }
}
