package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogLevel;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an object by RFC 8259 and what is not; values stand in one, as {@code {"a":VALUE}}. */
class JsonLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {} ",
                "{ }",
                "\t{\t}\r",
                "{\"a\":1}",
                "{\"\":0}",
                "{\"a\":1,\"b\":2}",
                "{\"a\":1,\"a\":1}",
                "{ \"a\" : 1 , \"b\" : [ ] }",
                "{\"a\":{\"b\":{}}}",
                "{\"a\\u0000b\":1}",
                "{\"ä\":\"😀\"}"
            })
    void object_accepted(String line) {
        assertTrue(isObject(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{]",
                "[]",
                "1",
                "\"a\"",
                "true",
                "null",
                "{}{}",
                "{} x",
                "x {}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1,,\"b\":1}",
                "{\"a\":1 \"b\":1}",
                "{\"a\":1;\"b\":1}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{null:1}",
                "{\"a\"::1}",
                "{\"a\":1",
                "{\"a\":1]",
                "{\"a\":1}}",
                "{\"a\":/**/1}",
                "{\"a\":1}//",
                "{\"a\":1}#",
                "\uFEFF{}",
                "{\u00A0}",
                "{\f}",
                "{\n}"
            })
    void object_rejected(String line) {
        assertFalse(isObject(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "-1",
                "10",
                "123456789012345678901234567890",
                "0.5",
                "-0.5",
                "1.50",
                "1e5",
                "1E5",
                "1e+5",
                "1e-5",
                "0e0",
                "0e+1",
                "1.5e10",
                "-1.5E-10",
                "20e1",
                "true",
                "false",
                "null",
                "[]",
                "[ ]",
                "[1]",
                "[1,2]",
                "[ 1 , [ ] , { } ]",
                "[null,true,\"\"]",
                "{}",
                "{\"b\":[{}]}"
            })
    void value_accepted(String value) {
        assertTrue(isObject("{\"a\":" + value + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "-01",
                "00",
                "-",
                "+1",
                "--1",
                ".5",
                "-.5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "1e5.5",
                "1eE2",
                "0x1",
                "1_000",
                "1a",
                "1 2",
                "NaN",
                "Infinity",
                "-Infinity",
                "True",
                "TRUE",
                "tru",
                "truex",
                "nul",
                "fals",
                "undefined",
                "[",
                "]",
                "[1,]",
                "[,1]",
                "[1,,2]",
                "[1 2]",
                "[1;2]",
                "[1}",
                "[\"a\":1]",
                "{]",
                "(1)",
                "'a'",
                "a",
                "１"
            })
    void value_rejected(String value) {
        assertFalse(isObject("{\"a\":" + value + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a b",
                "ä€😀",
                "\\\"",
                "\\\\",
                "\\/",
                "\\b\\f\\n\\r\\t",
                "\\u0000",
                "\\u00e4\\uABCD",
                "\\ud83d\\ude00",
                "\\ud800",
                "\u007F",
                "\u2028",
                "/*x*/",
                "\\\\\\\"",
                "\uFFFF"
            })
    void string_accepted(String content) {
        assertTrue(isObject("{\"a\":\"" + content + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\\",
                "\\a",
                "\\x00",
                "\\'",
                "\\U0041",
                "\\u",
                "\\u0",
                "\\u00",
                "\\u000",
                "\\u00G0",
                "\\u-123",
                "\\u ABC",
                "\t",
                "\n",
                "\0",
                "\u001F",
                "\\\u0000",
                "\\ä",
                "\\u１２３４",
                "\\\\\""
            })
    void string_rejected(String content) {
        assertFalse(isObject("{\"a\":\"" + content + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00FF",
                "\u00C3",
                "\u00C0\u0080",
                "\u00ED\u00A0\u0080",
                "\u00F4\u0090\u0080\u0080",
                "\u00E2\u0082"
            })
    void string_bytesThatAreNoUtf8AreRejected(String bytes) {
        byte[] line = ("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1);
        assertFalse(JsonLine.isObject(line, 0, line.length));
    }

    @Test
    void object_liesAnywhereInTheBytes() {
        byte[] bytes = "xx{\"a\":1}}\"".getBytes(UTF_8);
        assertTrue(JsonLine.isObject(bytes, 2, 9));
        assertFalse(JsonLine.isObject(bytes, 2, 10));
        assertFalse(JsonLine.isObject(bytes, 2, 8));
    }

    /** A checker that knows nothing of this one agrees with it, whatever is cut out, doubled or exchanged. */
    @RepeatedTest(20)
    void mutations_areJudgedAsAStrictReaderDoes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String letters = "{}[]:,\"\\/ 0123.eE+-truefalsn\tu\u001fä";
        for (int round = 0; round < 500; round++) {
            StringBuilder line = new StringBuilder("{\"a\": [1, -2.5e+3, true, null], \"b\\n\": {\"c\": \"\\u00e4\"}}");
            for (int count = random.nextInt(4); count > 0; count--) {
                int at = random.nextInt(line.length());
                String other = String.valueOf(letters.charAt(random.nextInt(letters.length())));
                line.replace(at, random.nextBoolean() ? at : at + 1, random.nextInt(3) == 0 ? "" : other);
            }
            assertEquals(isStrictObject(line.toString()), isObject(line.toString()), line::toString);
        }
    }

    private static boolean isStrictObject(String line) {
        try {
            return StrictJson.parse(line) instanceof java.util.Map;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    // What is found in it.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"level\":\"error\"}|ERROR",
                "{\"level\":\"ERROR\"}|ERROR",
                "{ \"ts\" : 1.5 , \"lvl\" : \"Warning\" }|WARN",
                "{\"severity\":\"NOTICE\"}|INFO",
                "{\"log.level\":\"debug\",\"message\":\"x\"}|DEBUG",
                "{\"@t\":\"x\",\"@l\":\"Fatal\"}|FATAL",
                "{\"level\":10}|TRACE",
                "{\"level\":20}|DEBUG",
                "{\"level\":30}|INFO",
                "{\"level\":40}|WARN",
                "{\"level\":50}|ERROR",
                "{\"level\":60}|FATAL",
                "{\"a\":{\"level\":\"error\"},\"level\":\"info\"}|INFO",
                "{\"level\":\"info\",\"msg\":\"cut off|INFO",
                "{\"level\":35}|",
                "{\"level\":3000000000000000000000}|",
                "{\"level\":-30}|",
                "{\"level\":30.5}|",
                "{\"level\":null}|",
                "{\"level\":true}|",
                "{\"level\":[\"error\"]}|",
                "{\"level\":\"verbose\"}|TRACE",
                "{\"level\":\"loud\"}|",
                "{\"level\":\"\"}|",
                "{\"Level\":\"error\"}|",
                "{\"a\":{\"level\":\"error\"}}|",
                "{\"a\":\"level\"}|",
                "{\"level\"}|",
                "{\"level\":}|",
                "{\"level|",
                "[\"level\"]|",
                "{}|"
            })
    void level_isAFieldOfTheObjectItself(String line, LogLevel level) {
        byte[] bytes = line.getBytes(UTF_8);
        assertEquals(level, JsonLine.level(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"message\":\"a b\"}|a b",
                "{\"x\":[{\"msg\":\"no\"}],\"msg\":\"yes\"}|yes",
                "{\"@m\":\"a\\\"b\"}|a\\\"b",
                "{\"msg\":\"\"}|``",
                "{\"msg\":1}|",
                "{\"x\":1}|"
            })
    void message_isAFieldOfTheObjectItself(String line, String message) {
        byte[] bytes = line.getBytes(UTF_8);
        long range = JsonLine.message(bytes, 0, bytes.length);
        if (message == null) {
            assertEquals(-1, range);
        } else {
            int from = JsonLine.from(range);
            assertEquals(message, new String(bytes, from, JsonLine.to(range) - from, UTF_8));
        }
    }

    @Test
    void level_isNotLookedForBeyondTheLine() {
        byte[] bytes = "{\"a\":1}{\"level\":\"error\"}".getBytes(UTF_8);
        assertNull(JsonLine.level(bytes, 0, 7));
    }

    private static boolean isObject(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return JsonLine.isObject(bytes, 0, bytes.length);
    }
}
