package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against what the JDK decodes: all characters, and all that could be mistaken for one. */
class Utf8Test {

    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer out = CharBuffer.allocate(8);

    @Test
    void length_ofEveryCharacter() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(character).getBytes(UTF_8);
                assertEquals(bytes.length, Utf8.length(bytes, 0, bytes.length), () -> Arrays.toString(bytes));
                for (int end = 1; end < bytes.length; end++) {
                    assertEquals(0, Utf8.length(bytes, 0, end), () -> "cut off: " + Arrays.toString(bytes));
                }
            }
        }
    }

    @Test
    void length_ofAllFirstBytesAndWhatMayFollowThem() {
        int[] edges = {0, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int first = 0; first < 256; first++) {
            for (int second : edges) {
                for (int third : edges) {
                    for (int fourth : edges) {
                        byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) fourth};
                        assertEquals(decodable(bytes), Utf8.length(bytes, 0, 4), () -> Arrays.toString(bytes));
                    }
                }
            }
        }
    }

    /** {@return how many bytes make one character; 0 if none does} */
    private int decodable(byte[] bytes) {
        for (int length = 1; length <= 4; length++) {
            out.clear();
            if (!decoder.reset()
                    .decode(ByteBuffer.wrap(bytes, 0, length), out, true)
                    .isError()) {
                out.flip();
                return Character.codePointCount(out, 0, out.length()) == 1 ? length : 0;
            }
        }
        return 0;
    }
}
