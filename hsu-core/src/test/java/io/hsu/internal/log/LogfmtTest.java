package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogLevel;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogfmtTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                " a=b ",
                "a=b c=d",
                "a=b\tc=d",
                "a=b   c=d",
                "a=",
                "a= b=c",
                "a=\"\"",
                "a=\"b c\"",
                "a=\"b=c\"",
                "a=\"\\\"\"",
                "a=\"\\\\\"",
                "a.b_c-d@e=1",
                "ts=2026-11-25T09:21:50Z",
                "a=ä",
                "a=/path:1?x",
                "1=2",
                "a=b,c"
            })
    void pairs_accepted(String line) {
        assertTrue(isPairs(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "a",
                "a b",
                "=b",
                "= ",
                "a=b c",
                "c a=b",
                "a=b=c",
                "a=\"b",
                "a=\"b\\\"",
                "a=\"b\\",
                "a=\"b\"c",
                "a=b\"",
                "a:b",
                "ä=b",
                "a==b",
                "a[0]=b",
                "GET /x?a=b",
                "a=\"b\" \"c\""
            })
    void pairs_rejected(String line) {
        assertFalse(isPairs(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=b|{\"a\":\"b\"}",
                " a=b  c=1 |{\"a\":\"b\",\"c\":\"1\"}",
                "a=|{\"a\":\"\"}",
                "a=\"\"|{\"a\":\"\"}",
                "a=\"b c\"|{\"a\":\"b c\"}",
                "a=\"b\\\"c\"|{\"a\":\"b\\\"c\"}",
                "a=\"b\\\\c\"|{\"a\":\"b\\\\c\"}",
                "a=\"b\\\\\"|{\"a\":\"b\\\\\"}",
                "a=\"1\\n2\\t3\\r4\"|{\"a\":\"1\\n2\\t3\\r4\"}",
                "a=\"\\x\\/\"|{\"a\":\"x/\"}",
                "a=\"\\ä\\€x\"|{\"a\":\"ä€x\"}",
                "a=b\\nc|{\"a\":\"b\\\\nc\"}",
                "a=ä b=😀|{\"a\":\"ä\",\"b\":\"😀\"}",
                "a='b'|{\"a\":\"'b'\"}"
            })
    void pairs_asJson(String line, String json) {
        byte[] bytes = line.getBytes(UTF_8);
        assertEquals(json, json(bytes));
        StrictJson.parse(json);
    }

    @Test
    void pairs_bytesThatAreNoTextAsJson() {
        assertEquals("{\"a\":\"\uFFFD\",\"b\":\"\\u0000\"}", json("a=\u00FF b=\"\0\"".getBytes(ISO_8859_1)));
    }

    @RepeatedTest(10)
    void anyPairs_canBeReadAsJson(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String letters = "ab=\"\\ \tn\0\u00FF\u00C3\u00A4";
        int understood = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder line = new StringBuilder("a=");
            for (int count = random.nextInt(12); count > 0; count--) {
                line.append(letters.charAt(random.nextInt(letters.length())));
            }
            byte[] bytes = line.toString().getBytes(ISO_8859_1);
            if (Logfmt.isPairs(bytes, 0, bytes.length)) {
                understood++;
                StrictJson.parse(json(bytes));
            }
        }
        assertTrue(understood > 100, "there was something to look at");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "level=error|ERROR",
                "level=ERROR|ERROR",
                "ts=1 lvl=dbg msg=x|DEBUG",
                "severity=\"warning\" x=y|WARN",
                "time=\"a b\" level=info|INFO",
                "2026 text level=warn|WARN",
                "loglevel=error|",
                "my.level=error|",
                "level=|",
                "level=\"|",
                "level =error|",
                "level=e|",
                "level=none|",
                "level=errors|",
                "level:error|",
                "x|"
            })
    void level_isTheValueOfAKey(String line, LogLevel level) {
        byte[] bytes = line.getBytes(UTF_8);
        assertEquals(level, Logfmt.level(bytes, 0, bytes.length));
    }

    @Test
    void level_isNotLookedForFarBehind() {
        byte[] bytes = ("x".repeat(600) + " level=error").getBytes(UTF_8);
        assertEquals(null, Logfmt.level(bytes, 0, bytes.length));
    }

    private static boolean isPairs(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return Logfmt.isPairs(bytes, 0, bytes.length);
    }

    private static String json(byte[] line) {
        ByteArray out = new ByteArray();
        Logfmt.toJson(line, 0, line.length, out);
        return new String(out.bytes(), 0, out.length(), UTF_8);
    }
}
