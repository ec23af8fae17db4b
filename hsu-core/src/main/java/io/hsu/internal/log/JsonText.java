package io.hsu.internal.log;

import java.nio.charset.StandardCharsets;

/** Text within the quotes of a JSON string. */
final class JsonText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLACEMENT = ByteArray.of("\uFFFD");

    /** Writes bytes as text; those that are no UTF-8 become U+FFFD. */
    static void escape(byte[] bytes, int start, int end, ByteArray out) {
        int from = start;
        int at = start;
        while (at < end) {
            int value = bytes[at];
            if (value >= 0x20 && value != '"' && value != '\\') {
                at++;
                continue;
            }
            int length = value < 0 ? Utf8.length(bytes, at, end) : 1;
            if (value < 0 && length > 0) {
                at += length;
                continue;
            }
            out.add(bytes, from, at);
            if (value < 0) {
                out.add(REPLACEMENT);
            } else {
                escape(value, out);
            }
            at++;
            from = at;
        }
        out.add(bytes, from, end);
    }

    private static void escape(int value, ByteArray out) {
        out.add('\\');
        switch (value) {
            case '"', '\\' -> out.add(value);
            case '\n' -> out.add('n');
            case '\r' -> out.add('r');
            case '\t' -> out.add('t');
            default -> {
                out.add('u');
                out.add('0');
                out.add('0');
                out.add(HEX[value >> 4]);
                out.add(HEX[value & 0xF]);
            }
        }
    }

    private JsonText() {}
}
