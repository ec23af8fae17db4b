package io.hsu.config;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a provider says about its settings: in words only, so that the place is to be found. */
final class ProviderMessage {

    private static final Pattern MISSING = Pattern.compile("(\\w+) is missing");

    /**
     * {@return what is wrong, in words} A provider is someone else's code: whatever it throws is a problem of what it makes.
     *
     * @param made what it was to make
     */
    static String of(Exception e, String made) {
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
        Optional<String> named = settings.keySet().stream()
                .filter(key -> mentioned(key, message) >= 0)
                .min(Comparator.comparingInt(key -> mentioned(key, message)));
        Matcher missing = MISSING.matcher(message);
        Optional<String> meant =
                missing.matches() ? DidYouMean.nearest(missing.group(1), settings.keySet()) : Optional.empty();
        if (named.isPresent()) {
            settings.get(named.get()).error(message);
        } else if (meant.isPresent()) {
            problems.error(
                    settings.get(meant.get()).keyPlace(),
                    "unknown key '%s'; did you mean '%s'?".formatted(meant.get(), missing.group(1)));
        } else {
            problems.error(otherwise, message);
        }
    }

    private static int mentioned(String key, String message) {
        return Pattern.compile("(?<!\\w)" + Pattern.quote(key) + "(?!\\w)")
                .matcher(message)
                .results()
                .mapToInt(MatchResult::start)
                .findFirst()
                .orElse(-1);
    }

    private ProviderMessage() {}
}
