package io.hsu.internal.log;

import io.hsu.LogLevel;
import java.util.Arrays;

/**
 * Looks at a line that may be a JSON object (RFC 8259), without making objects of it. What is recognized is passed on as it is,
 * so every rule of the format is checked: one line that is not JSON would spoil a file of it.
 */
final class JsonLine {

    private static final int MAX_DEPTH = 64;
    private static final int WRONG = -1;

    private static final byte[][] LEVEL_KEYS = {
        ByteArray.of("level"),
        ByteArray.of("lvl"),
        ByteArray.of("severity"),
        ByteArray.of("log.level"),
        ByteArray.of("@l")
    };
    private static final byte[][] MESSAGE_KEYS = {ByteArray.of("message"), ByteArray.of("msg"), ByteArray.of("@m")};

    /** {@return whether the line is one object, and nothing else} */
    static boolean isObject(byte[] bytes, int start, int end) {
        int from = skipBlanks(bytes, start, end);
        if (from == end || bytes[from] != '{') {
            return false;
        }
        int after = value(bytes, from, end, 0);
        return after != WRONG && skipBlanks(bytes, after, end) == end;
    }

    /** {@return the level that a field of the object tells; null if none does} */
    static LogLevel level(byte[] bytes, int start, int end) {
        long range = find(bytes, start, end, LEVEL_KEYS);
        if (range == WRONG) {
            return null;
        }
        int from = from(range);
        int to = to(range);
        if (bytes[from] == '"') {
            return LevelDetector.named(bytes, from + 1, to - 1);
        }
        long number = 0;
        for (int at = from; at < to && number < 1000; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return null;
            }
            number = number * 10 + bytes[at] - '0';
        }
        return LevelDetector.numbered(number);
    }

    /** {@return where the text of the message lies, without its quotes; -1 if there is none} */
    static long message(byte[] bytes, int start, int end) {
        long range = find(bytes, start, end, MESSAGE_KEYS);
        return range == WRONG || bytes[from(range)] != '"' ? WRONG : range(from(range) + 1, to(range) - 1);
    }

    static int from(long range) {
        return (int) (range >>> 32);
    }

    static int to(long range) {
        return (int) range;
    }

    private static long range(int from, int to) {
        return ((long) from << 32) | to;
    }

    /** {@return where the value of the first of these keys lies in the object; -1 if there is none} */
    private static long find(byte[] bytes, int start, int end, byte[][] keys) {
        int at = skipBlanks(bytes, start, end);
        if (at == end || bytes[at] != '{') {
            return WRONG;
        }
        at = skipBlanks(bytes, at + 1, end);
        while (at < end && bytes[at] == '"') {
            int keyEnd = string(bytes, at, end);
            int colon = keyEnd == WRONG ? WRONG : expect(bytes, keyEnd, end, ':');
            int valueStart = colon == WRONG ? WRONG : skipBlanks(bytes, colon, end);
            int valueEnd = valueStart == WRONG ? WRONG : value(bytes, valueStart, end, 1);
            if (valueEnd == WRONG) {
                return WRONG;
            }
            if (isOneOf(keys, bytes, at + 1, keyEnd - 1)) {
                return range(valueStart, valueEnd);
            }
            int comma = expect(bytes, valueEnd, end, ',');
            if (comma == WRONG) {
                return WRONG;
            }
            at = skipBlanks(bytes, comma, end);
        }
        return WRONG;
    }

    private static boolean isOneOf(byte[][] keys, byte[] bytes, int start, int end) {
        for (byte[] key : keys) {
            if (Arrays.equals(key, 0, key.length, bytes, start, end)) {
                return true;
            }
        }
        return false;
    }

    /** {@return what follows the value; -1 if it is none} */
    private static int value(byte[] bytes, int start, int end, int depth) {
        if (start >= end || depth > MAX_DEPTH) {
            return WRONG;
        }
        return switch (bytes[start]) {
            case '{' -> members(bytes, start, end, '}', depth);
            case '[' -> members(bytes, start, end, ']', depth);
            case '"' -> string(bytes, start, end);
            case 't' -> word(bytes, start, end, "true");
            case 'f' -> word(bytes, start, end, "false");
            case 'n' -> word(bytes, start, end, "null");
            default -> number(bytes, start, end);
        };
    }

    private static int members(byte[] bytes, int start, int end, char close, int depth) {
        int at = skipBlanks(bytes, start + 1, end);
        if (at < end && bytes[at] == close) {
            return at + 1;
        }
        while (at < end) {
            if (close == '}') {
                int keyEnd = bytes[at] == '"' ? string(bytes, at, end) : WRONG;
                int colon = keyEnd == WRONG ? WRONG : expect(bytes, keyEnd, end, ':');
                if (colon == WRONG) {
                    return WRONG;
                }
                at = skipBlanks(bytes, colon, end);
            }
            at = value(bytes, at, end, depth + 1);
            if (at == WRONG) {
                return WRONG;
            }
            at = skipBlanks(bytes, at, end);
            if (at < end && bytes[at] == close) {
                return at + 1;
            }
            if (at >= end || bytes[at] != ',') {
                return WRONG;
            }
            at = skipBlanks(bytes, at + 1, end);
        }
        return WRONG;
    }

    private static int string(byte[] bytes, int start, int end) {
        for (int at = start + 1; at < end; ) {
            int value = bytes[at] & 0xFF;
            if (value == '"') {
                return at + 1;
            } else if (value < 0x20) {
                return WRONG;
            } else if (value == '\\') {
                int length = escape(bytes, at, end);
                if (length == WRONG) {
                    return WRONG;
                }
                at += length;
            } else if (value < 0x80) {
                at++;
            } else {
                int length = Utf8.length(bytes, at, end);
                if (length == 0) {
                    return WRONG;
                }
                at += length;
            }
        }
        return WRONG;
    }

    private static int escape(byte[] bytes, int start, int end) {
        if (start + 1 >= end) {
            return WRONG;
        }
        switch (bytes[start + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return 2;
            case 'u':
                for (int at = start + 2; at < start + 6; at++) {
                    if (at >= end || Character.digit(bytes[at], 16) < 0) {
                        return WRONG;
                    }
                }
                return 6;
            default:
                return WRONG;
        }
    }

    private static int word(byte[] bytes, int start, int end, String word) {
        if (end - start < word.length()) {
            return WRONG;
        }
        for (int index = 0; index < word.length(); index++) {
            if (bytes[start + index] != word.charAt(index)) {
                return WRONG;
            }
        }
        return start + word.length();
    }

    private static int number(byte[] bytes, int start, int end) {
        int at = bytes[start] == '-' ? start + 1 : start;
        if (at < end && bytes[at] == '0') {
            at++;
        } else {
            at = digits(bytes, at, end);
        }
        if (at != WRONG && at < end && bytes[at] == '.') {
            at = digits(bytes, at + 1, end);
        }
        if (at != WRONG && at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            int sign = at + 1;
            at = digits(bytes, sign < end && (bytes[sign] == '+' || bytes[sign] == '-') ? sign + 1 : sign, end);
        }
        return at;
    }

    private static int digits(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at == start ? WRONG : at;
    }

    private static int expect(byte[] bytes, int start, int end, char wanted) {
        int at = skipBlanks(bytes, start, end);
        return at < end && bytes[at] == wanted ? at + 1 : WRONG;
    }

    private static int skipBlanks(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        return at;
    }

    private JsonLine() {}
}
