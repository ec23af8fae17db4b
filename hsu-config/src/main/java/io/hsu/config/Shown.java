package io.hsu.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What of the user's own words goes into a message: enough to find them again, however long they are. */
final class Shown {

    private static final int LONGEST_WORD = 80;
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int MOST_WORDS = 30;
    private static final String CUT = "...";

    /** {@return a word in one line, its end left out if it is long} */
    static String word(String word) {
        String line = word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD) + CUT;
        return line.replace('\n', ' ');
    }

    /** {@return a message; someone else's may show a value of any length, so its middle is left out if it is long} */
    static String message(String message) {
        int half = LONGEST_MESSAGE / 2;
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, half) + " " + CUT + " " + message.substring(message.length() - half);
    }

    /** {@return words, the middle ones left out if they are many} */
    static List<String> few(Collection<String> words) {
        List<String> all = words.stream().map(Shown::word).toList();
        if (all.size() <= MOST_WORDS) {
            return all;
        }
        int half = MOST_WORDS / 2;
        List<String> few = new ArrayList<>(all.subList(0, half));
        few.add("(%d more)".formatted(all.size() - 2 * half));
        few.addAll(all.subList(all.size() - half, all.size()));
        return few;
    }

    private Shown() {}
}
