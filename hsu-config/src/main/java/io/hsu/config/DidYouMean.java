package io.hsu.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The word that was probably meant. */
final class DidYouMean {

    /** What is longer is no slip, and would take memory by its length. */
    private static final int LONGEST_WORD = 100;

    /** {@return the known word nearest to a misspelled one, if one is near enough to be worth naming} */
    static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST_WORD) {
            return Optional.empty();
        }
        String best = null;
        int least = 1 + Math.max(1, word.length() / 3);
        for (String candidate : known) {
            int distance = distance(plain(word), plain(candidate));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@return the end of a message: the nearest word, or all of them} */
    static String hint(String word, Collection<String> known) {
        return hint(word, known, List.of());
    }

    /**
     * {@return the end of a message: the nearest word, or all that can be used}
     *
     * @param toCome words that mean something, but cannot be used yet: what was meant, perhaps, but nothing to recommend
     */
    static String hint(String word, Collection<String> known, Collection<String> toCome) {
        List<String> all = new ArrayList<>(known);
        all.addAll(toCome);
        return nearest(word, all)
                .map("did you mean '%s'?"::formatted)
                .orElseGet(() -> known.isEmpty() ? "remove it" : "known are " + String.join(", ", Shown.few(known)));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                steps[i][j] = Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + replace);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }

    private DidYouMean() {}
}
