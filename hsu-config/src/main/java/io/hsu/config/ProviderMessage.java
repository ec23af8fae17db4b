package io.hsu.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a provider says about its settings: in words only, so that the place is to be found. */
final class ProviderMessage {

    private static final Pattern MISSING = Pattern.compile("(\\w+) is missing");
    private static final Pattern UNKNOWN = Pattern.compile("unknown setting .*; known are (.*)", Pattern.DOTALL);

    /**
     * {@return what is wrong, in words} A provider is someone else's code: whatever it throws is a problem of what it makes.
     *
     * @param made what it was to make
     */
    static String of(Throwable e, String made) {
        return e instanceof IllegalArgumentException && e.getMessage() != null
                ? e.getMessage()
                : "the %s cannot be made: %s".formatted(made, e);
    }

    /**
     * Reports what a provider has said: the first of the user's keys that it names is where it is wrong.
     *
     * @param settings what the user wrote
     * @param otherwise the place if it names none of them
     */
    static void report(String message, Map<String, Value> settings, Place otherwise, Problems problems) {
        Map<String, String> unknown = unknown(message, settings.keySet());
        Optional<String> named = settings.keySet().stream()
                .filter(key -> mentioned(key, message) >= 0)
                .min(Comparator.comparingInt(key -> mentioned(key, message)));
        if (!unknown.isEmpty()) {
            unknown.forEach((key, hint) -> problems.error(
                    settings.get(key).keyPlace(), "unknown key '%s'; %s".formatted(Shown.word(key), hint)));
        } else if (named.isPresent()) {
            settings.get(named.get()).error(message);
        } else {
            problems.error(otherwise, message);
        }
    }

    /** {@return the keys that are none of the provider's, each with what was meant} */
    private static Map<String, String> unknown(String message, Set<String> keys) {
        Map<String, String> unknown = new LinkedHashMap<>();
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            DidYouMean.nearest(missing.group(1), keys)
                    .ifPresent(key -> unknown.put(key, "did you mean '%s'?".formatted(missing.group(1))));
        }
        Matcher unread = UNKNOWN.matcher(message);
        if (unread.matches()) {
            List<String> known = Arrays.stream(unread.group(1).split(", "))
                    .filter(key -> !key.isEmpty())
                    .toList();
            keys.stream()
                    .filter(key -> !known.contains(key))
                    .forEach(key -> unknown.put(key, DidYouMean.hint(key, known)));
        }
        return unknown;
    }

    /** {@return where a message names a key, as it is written or in words; -1 if it does not} */
    private static int mentioned(String key, String message) {
        boolean plural = key.length() > 1 && key.endsWith("s");
        String words = Arrays.stream((plural ? key.substring(0, key.length() - 1) : key).split("_", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[ _]"));
        return Pattern.compile("(?<!\\w)" + words + (plural ? "s?" : "") + "(?!\\w)")
                .matcher(message)
                .results()
                .mapToInt(MatchResult::start)
                .findFirst()
                .orElse(-1);
    }

    private ProviderMessage() {}
}
