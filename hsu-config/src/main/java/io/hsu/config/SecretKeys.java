package io.hsu.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Keys whose values are secrets even where the file spells them out: headers, passwords and their like. A plug-in's message
 * that shows one is shown without it.
 */
final class SecretKeys {

    private static final Pattern HEADERS = Pattern.compile("headers", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSWORD =
            Pattern.compile("(.*[_-])?(password|passphrase|secret|token)", Pattern.CASE_INSENSITIVE);

    private static final int NO_SECRET = Integer.MAX_VALUE;
    private static final int SHORTEST_PASSWORD = 1;

    /** Most headers are no secrets, and what is shorter is none at all. */
    private static final int SHORTEST_HEADER = 4;

    /** Words of a secret that are shorter are ordinary ones. */
    private static final int SHORTEST_WORD = 6;

    /** What is shorter may be part of another word by chance. */
    private static final int SHORTEST_PART = 8;

    private static final String HIDDEN = "(not shown)";

    private final Interpolation interpolation;
    private final List<String> secrets = new ArrayList<>();

    private SecretKeys(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    /** {@return a message without the values of such keys below a node} */
    static String hide(Node node, Interpolation interpolation, String message) {
        SecretKeys keys = new SecretKeys(interpolation);
        keys.collect(node, NO_SECRET);
        String hidden = message;
        for (String secret : keys.secrets) {
            hidden = pattern(secret).matcher(hidden).replaceAll(Matcher.quoteReplacement(HIDDEN));
        }
        return hidden;
    }

    private static Pattern pattern(String secret) {
        String literal = Pattern.quote(secret);
        String regex = secret.length() < SHORTEST_PART ? "(?<!\\w)" + literal + "(?!\\w)" : literal;
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /**
     * Gathers secrets.
     *
     * @param shortest what is shorter counts as none
     */
    private void collect(Node node, int shortest) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                collect(tuple.getValueNode(), Math.min(shortest, shortest(tuple.getKeyNode())));
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> collect(item, shortest));
        } else if (node instanceof ScalarNode scalar && shortest != NO_SECRET) {
            add(scalar.getValue(), shortest);
        }
    }

    private static int shortest(Node key) {
        String word = key instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (PASSWORD.matcher(word).matches()) {
            return SHORTEST_PASSWORD;
        }
        return HEADERS.matcher(word).matches() ? SHORTEST_HEADER : NO_SECRET;
    }

    private void add(String written, int shortest) {
        try {
            String value = interpolation.resolve(written).text();
            // The whole first; then its words, such as a token without the one that stands before it.
            Stream.concat(
                            Stream.of(value).filter(whole -> whole.length() >= shortest && !whole.isBlank()),
                            Arrays.stream(value.split("\\s+")).filter(word -> word.length() >= SHORTEST_WORD))
                    .forEach(secrets::add);
        } catch (IllegalArgumentException e) {
            // It stands for nothing, so there is nothing to hide.
            return;
        }
    }
}
