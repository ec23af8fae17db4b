package io.hsu.internal.log;

import io.hsu.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the level that a line of output says it has. On bytes, because most lines are looked at and few are shown. */
final class LevelDetector {

    /** A level stands near the beginning; what comes later is the message. */
    private static final int HEAD = 160;

    private static final int MAX_WORDS = 8;
    private static final byte ESCAPE = 0x1B;

    /** A level and one of its names, in capitals. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Word(byte[] name, LogLevel level) {}

    private static final List<Word> WORDS = words();

    private static List<Word> words() {
        Map<LogLevel, List<String>> names = Map.of(
                LogLevel.TRACE, List.of("TRACE", "TRC", "VERBOSE", "VRB", "FINEST", "FINER"),
                LogLevel.DEBUG, List.of("DEBUG", "DBG", "FINE"),
                LogLevel.INFO, List.of("INFO", "INF", "INFORMATION", "NOTICE", "CONFIG", "LOG"),
                LogLevel.WARN, List.of("WARN", "WRN", "WARNING"),
                LogLevel.ERROR, List.of("ERROR", "ERR", "SEVERE"),
                LogLevel.FATAL, List.of("FATAL", "FTL", "CRITICAL", "CRIT", "ALERT", "EMERG", "EMERGENCY", "PANIC"));
        List<Word> words = new ArrayList<>();
        names.forEach((level, all) -> all.forEach(name -> words.add(new Word(ByteArray.of(name), level))));
        return words;
    }

    /** {@return the level; null if none is found} */
    static LogLevel detect(byte[] bytes, int start, int end) {
        int from = skipBlanks(bytes, start, end);
        if (from == end) {
            return null;
        }
        if (bytes[from] == '{') {
            LogLevel level = JsonLine.level(bytes, from, end);
            if (level != null) {
                return level;
            }
        }
        LogLevel logfmt = Logfmt.level(bytes, from, end);
        return logfmt != null ? logfmt : byPrefix(bytes, from, Math.min(end, from + HEAD));
    }

    /**
     * {@return the level of that name, in any case; null if there is none}
     *
     * @param start where it begins
     */
    static LogLevel named(byte[] bytes, int start, int end) {
        int length = end - start;
        for (int index = 0; index < WORDS.size(); index++) {
            Word word = WORDS.get(index);
            if (word.name().length == length && matches(word.name(), bytes, start)) {
                return word.level();
            }
        }
        return null;
    }

    /** Letters differ from their capitals by one bit; whatever else would match so is none of a name's. */
    private static boolean matches(byte[] capitals, byte[] bytes, int start) {
        for (int index = 0; index < capitals.length; index++) {
            if ((bytes[start + index] & ~0x20) != capitals[index]) {
                return false;
            }
        }
        return true;
    }

    /** {@return the level of a number, as bunyan and pino write it; null if it is none} */
    static LogLevel numbered(long number) {
        return switch ((int) Math.max(0, Math.min(number, 100))) {
            case 10 -> LogLevel.TRACE;
            case 20 -> LogLevel.DEBUG;
            case 30 -> LogLevel.INFO;
            case 40 -> LogLevel.WARN;
            case 50 -> LogLevel.ERROR;
            case 60 -> LogLevel.FATAL;
            default -> null;
        };
    }

    /** A name counts in capitals, or in brackets, or before a colon, coloured or not: "no error" is no error. */
    private static LogLevel byPrefix(byte[] bytes, int start, int end) {
        LogLevel glog = glog(bytes, start, end);
        if (glog != null) {
            return glog;
        }
        int words = 0;
        int escapeStart = start;
        int escapeEnd = start;
        for (int at = start; at < end && words < MAX_WORDS; ) {
            if (bytes[at] == ESCAPE) {
                escapeStart = at;
                at = afterEscape(bytes, at, end);
                escapeEnd = at;
                continue;
            }
            if (!isLetter(bytes[at])) {
                at++;
                continue;
            }
            int wordEnd = at;
            boolean capitals = true;
            while (wordEnd < end && isLetter(bytes[wordEnd])) {
                capitals &= bytes[wordEnd] < 'a';
                wordEnd++;
            }
            words++;
            boolean apart = (at == start || at == escapeEnd || isSeparator(bytes[at - 1]))
                    && (wordEnd == end || isSeparator(bytes[wordEnd]));
            if (apart && (capitals || isMarked(bytes, start, at == escapeEnd ? escapeStart : at, wordEnd, end))) {
                LogLevel level = named(bytes, at, wordEnd);
                if (level != null) {
                    return level;
                }
            }
            at = wordEnd;
        }
        return null;
    }

    /** {@return what follows the sequence that colours a terminal (ECMA-48)} */
    private static int afterEscape(byte[] bytes, int start, int end) {
        int at = start + 1;
        while (at < end && !isLetter(bytes[at])) {
            at++;
        }
        return Math.min(end, at + 1);
    }

    /** @param start where the word begins, with the sequence that colours it; what gives the colour back may follow it */
    private static boolean isMarked(byte[] bytes, int lineStart, int start, int wordEnd, int end) {
        int behind = wordEnd < end && bytes[wordEnd] == ESCAPE ? afterEscape(bytes, wordEnd, end) : wordEnd;
        byte before = start > lineStart ? bytes[start - 1] : 0;
        byte after = behind < end ? bytes[behind] : 0;
        return after == ':'
                || (after == ']' && (before == '[' || before == ':'))
                || (before == '<' && after == '>')
                || before == '|';
    }

    /** {@code W1125 09:21:50.123456 ...}, as Google's loggers write it. */
    private static LogLevel glog(byte[] bytes, int start, int end) {
        if (end - start < 9 || bytes[start + 5] != ' ' || bytes[start + 8] != ':') {
            return null;
        }
        for (int at = start + 1; at < start + 5; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return null;
            }
        }
        return switch (bytes[start]) {
            case 'D' -> LogLevel.DEBUG;
            case 'I' -> LogLevel.INFO;
            case 'W' -> LogLevel.WARN;
            case 'E' -> LogLevel.ERROR;
            case 'F' -> LogLevel.FATAL;
            default -> null;
        };
    }

    static int skipBlanks(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(byte value) {
        return (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z');
    }

    private static boolean isSeparator(byte value) {
        return switch (value) {
            case ' ', '\t', '[', ']', '(', ')', '<', '>', ':', '|', ',', ';', '/', '*', '"', ESCAPE -> true;
            default -> false;
        };
    }

    private LevelDetector() {}
}
