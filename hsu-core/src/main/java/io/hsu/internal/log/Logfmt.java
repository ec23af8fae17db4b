package io.hsu.internal.log;

import io.hsu.LogLevel;
import java.util.Arrays;

/** Looks at a line that may consist of {@code key=value} pairs, without making objects of it. */
final class Logfmt {

    /** The level is one of the first pairs. */
    private static final int HEAD = 512;

    private static final byte[][] LEVEL_KEYS = {ByteArray.of("level"), ByteArray.of("lvl"), ByteArray.of("severity")};

    /** {@return the level that a pair tells; null if none does} */
    static LogLevel level(byte[] bytes, int start, int end) {
        int last = Math.min(end, start + HEAD);
        for (int at = start; at < last; at++) {
            if (bytes[at] == '=') {
                int key = at;
                while (key > start && isKey(bytes[key - 1])) {
                    key--;
                }
                if (isOneOf(LEVEL_KEYS, bytes, key, at)) {
                    int from = at + 1 < end && bytes[at + 1] == '"' ? at + 2 : at + 1;
                    int to = from;
                    while (to < end && bytes[to] != ' ' && bytes[to] != '"') {
                        to++;
                    }
                    return LevelDetector.named(bytes, from, to);
                }
            }
        }
        return null;
    }

    /** {@return whether the line is made of pairs, at least one, and nothing else} */
    static boolean isPairs(byte[] bytes, int start, int end) {
        int at = LevelDetector.skipBlanks(bytes, start, end);
        if (at == end) {
            return false;
        }
        while (at < end) {
            int equals = keyEnd(bytes, at, end);
            int after = equals == at || equals >= end || bytes[equals] != '=' ? -1 : valueEnd(bytes, equals + 1, end);
            if (after < 0 || (after < end && bytes[after] != ' ' && bytes[after] != '\t')) {
                return false;
            }
            at = LevelDetector.skipBlanks(bytes, after, end);
        }
        return true;
    }

    /** Writes the pairs of a line that is made of them as the members of a JSON object. */
    static void toJson(byte[] bytes, int start, int end, ByteArray out) {
        out.add('{');
        int at = LevelDetector.skipBlanks(bytes, start, end);
        boolean more = false;
        while (at < end) {
            int equals = keyEnd(bytes, at, end);
            int after = valueEnd(bytes, equals + 1, end);
            if (more) {
                out.add(',');
            }
            more = true;
            out.add('"');
            JsonText.escape(bytes, at, equals, out);
            out.add('"');
            out.add(':');
            out.add('"');
            if (equals + 1 < end && bytes[equals + 1] == '"') {
                unquote(bytes, equals + 2, after - 1, out);
            } else {
                JsonText.escape(bytes, equals + 1, after, out);
            }
            out.add('"');
            at = LevelDetector.skipBlanks(bytes, after, end);
        }
        out.add('}');
    }

    /** In quotes, a backslash takes what follows as it is, but for the letters that stand for a control character. */
    private static void unquote(byte[] bytes, int start, int end, ByteArray out) {
        int from = start;
        for (int at = start; at < end; at++) {
            if (bytes[at] == '\\' && at + 1 < end) {
                JsonText.escape(bytes, from, at, out);
                at++;
                byte escaped = bytes[at];
                boolean control = escaped == 'n' || escaped == 't' || escaped == 'r';
                if (control) {
                    out.add('\\');
                    out.add(escaped);
                }
                from = control ? at + 1 : at; // a character may go on behind its first byte
            }
        }
        JsonText.escape(bytes, from, end, out);
    }

    private static int keyEnd(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && isKey(bytes[at])) {
            at++;
        }
        return at;
    }

    private static int valueEnd(byte[] bytes, int start, int end) {
        int at = start;
        if (at < end && bytes[at] == '"') {
            for (at++; at < end && bytes[at] != '"'; at++) {
                if (bytes[at] == '\\') {
                    at++;
                }
            }
            return at < end ? at + 1 : -1;
        }
        while (at < end && bytes[at] != ' ' && bytes[at] != '\t') {
            if (bytes[at] == '"' || bytes[at] == '=') {
                return -1;
            }
            at++;
        }
        return at;
    }

    private static boolean isKey(byte value) {
        return (value >= 'a' && value <= 'z')
                || (value >= 'A' && value <= 'Z')
                || (value >= '0' && value <= '9')
                || value == '_'
                || value == '-'
                || value == '.'
                || value == '@';
    }

    private static boolean isOneOf(byte[][] keys, byte[] bytes, int start, int end) {
        for (byte[] key : keys) {
            if (Arrays.equals(key, 0, key.length, bytes, start, end)) {
                return true;
            }
        }
        return false;
    }

    private Logfmt() {}
}
