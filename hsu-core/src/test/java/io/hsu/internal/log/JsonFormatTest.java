package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.LogField;
import io.hsu.LogFormat;
import io.hsu.LogParser;
import io.hsu.LogTarget;
import io.hsu.OutputSpec;
import io.hsu.StreamKind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line as one JSON object that everybody can read, whatever the process wrote. */
class JsonFormatTest {

    private static final LineFormat FORMAT =
            LineFormat.of(LogTarget.stdout().format(LogFormat.JSON).prefix("not here"), "m1", "h1");

    static Stream<Arguments> fields() {
        String start = "{\"process\":\"api\",\"stream\":\"stdout\"";
        return Stream.of(
                Arguments.of(new LogField[] {}, start + ",\"message\":\"a\"}\n"),
                Arguments.of(
                        new LogField[] {LogField.TIMESTAMP},
                        "{\"time\":\"2026-11-25T09:21:50.123Z\"," + start.substring(1) + ",\"message\":\"a\"}\n"),
                Arguments.of(new LogField[] {LogField.HOST}, start + ",\"host\":\"h1\",\"message\":\"a\"}\n"),
                Arguments.of(new LogField[] {LogField.MANAGER_ID}, start + ",\"manager\":\"m1\",\"message\":\"a\"}\n"),
                Arguments.of(new LogField[] {LogField.SEQUENCE}, start + ",\"seq\":1,\"message\":\"a\"}\n"),
                Arguments.of(new LogField[] {LogField.LINE_NUMBER}, start + ",\"line\":1,\"message\":\"a\"}\n"),
                Arguments.of(
                        LogField.values(),
                        "{\"time\":\"2026-11-25T09:21:50.123Z\"," + start.substring(1)
                                + ",\"host\":\"h1\",\"manager\":\"m1\",\"seq\":1,\"line\":1,\"message\":\"a\"}\n"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void fields_areThoseThatAreAskedFor(LogField[] fields, String expected) {
        assertEquals(expected, text(origin(fields), "a"));
    }

    @Test
    void level_isToldWhereOneIsFound() {
        assertEquals(
                "{\"process\":\"api\",\"stream\":\"stdout\",\"level\":\"warn\",\"message\":\"WARN a\"}\n",
                text(origin(), "WARN a"));
    }

    @Test
    void pieces_areMarkedAndShareTheNumberOfTheirLine() {
        LineTable lines = TestLines.cut(origin(LogField.LINE_NUMBER), 4, TestLines.bytes("abcdef", "g"));
        assertEquals("""
                {"process":"api","stream":"stdout","line":1,"split":true,"message":"abcd"}
                {"process":"api","stream":"stdout","line":1,"message":"ef"}
                {"process":"api","stream":"stdout","line":2,"message":"g"}
                """, new String(TestLines.formatted(lines, FORMAT), UTF_8));
    }

    @Test
    void names_areEscaped() {
        LineFormat odd = LineFormat.of(LogTarget.stdout().format(LogFormat.JSON), "m\"1", "h\\ä\n");
        LineTable lines = TestLines.of(origin(LogField.HOST, LogField.MANAGER_ID), "a");
        assertEquals(
                Map.of("process", "api", "stream", "stdout", "host", "h\\ä\n", "manager", "m\"1", "message", "a"),
                StrictJson.parse(TestLines.formatted(lines, odd)));
    }

    // Any text.

    @Test
    void text_isEscapedWhereItMustBeAndNowhereElse() {
        assertEquals("a\\\"b\\\\c/d", message("a\"b\\c/d"));
        assertEquals("tab\\tcr\\rnul\\u0000esc\\u001b[m", message("tab\tcr\rnul\0esc\u001B[m"));
        assertEquals("\u007Fä€😀\u2028", message("\u007Fä€😀\u2028"));
    }

    @Test
    void bytesThatAreNoUtf8_becomeReplacements() {
        assertEquals("a\uFFFDb", decoded('a', 0xFF, 'b'));
        assertEquals("\uFFFD", decoded(0xC3), "a character that has no end");
        assertEquals("\uFFFD\uFFFD", decoded(0xC0, 0x80), "longer than need be");
        assertEquals("\uFFFD\uFFFD\uFFFD", decoded(0xED, 0xA0, 0x80), "half of a pair");
        assertEquals("\uFFFD\uFFFD\uFFFD\uFFFD", decoded(0xF4, 0x90, 0x80, 0x80), "beyond the last");
        assertEquals("\uFFFD(", decoded(0xC3, '('), "what follows is not swallowed");
        assertEquals("\uFFFD\"x", decoded(0xE2, '"', 'x'));
    }

    @RepeatedTest(50)
    void anyBytes_everyLineCanBeReadAndSaysTheSame(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] output = new byte[2000];
        String common = "\n\n\"\\{}=: ä\r\t0a";
        for (int at = 0; at < output.length; at++) {
            output[at] =
                    (byte) (random.nextInt(3) == 0 ? random.nextInt() : common.charAt(random.nextInt(common.length())));
        }
        Origin origin = origin(OutputSpec.builder().parsers(LogParser.JSON, LogParser.LOGFMT));
        LineTable lines = TestLines.cut(origin, 100 + random.nextInt(200), output);
        List<String> written = written(lines);
        assertEquals(lines.count(), written.size());
        for (int index = 0; index < written.size(); index++) {
            byte[] expected = java.util.Arrays.copyOfRange(lines.bytes(), lines.start(index), lines.end(index));
            assertEquals(withReplacements(expected), parse(written.get(index)).get("message"), "line " + index);
        }
    }

    /** By the rules that are ours: each byte that begins no character is replaced. */
    private static String withReplacements(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; ) {
            int length = Utf8.length(bytes, at, bytes.length);
            text.append(length == 0 ? "\uFFFD" : new String(bytes, at, length, UTF_8));
            at += Math.max(1, length);
        }
        return text.toString();
    }

    // Parsers.

    @Test
    void json_fieldsAreTheObjectAndTheMessageIsTakenFromIt() {
        assertEquals(
                "{\"process\":\"api\",\"stream\":\"stdout\",\"level\":\"error\",\"message\":\"it \\\"broke\\\"\","
                        + "\"fields\":{\"level\":\"error\", \"msg\":\"it \\\"broke\\\"\", \"n\":[1,{\"a\":null}]}}\n",
                text(
                        origin(OutputSpec.builder().parsers(LogParser.JSON)),
                        "{\"level\":\"error\", \"msg\":\"it \\\"broke\\\"\", \"n\":[1,{\"a\":null}]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"message\":\"x\"}", "{\"msg\":\"x\"}", "{\"@m\":\"x\"}", "  {\"a\":1 , \"msg\" : \"x\" }  "})
    void json_messageHasSeveralNames(String line) {
        assertEquals("x", parsed(line, LogParser.JSON).get("message"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":\"msg\"}",
                "{\"msg\":1}",
                "{\"message\":{\"text\":\"x\"}}",
                "{\"a\":{\"msg\":\"x\"}}"
            })
    void json_withoutATextForAMessageTheWholeLineIsIt(String line) {
        Map<String, Object> object = parsed(line, LogParser.JSON);
        assertEquals(line, object.get("message"));
        assertEquals(StrictJson.parse(line), object.get("fields"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"msg\":\"x\"",
                "{\"msg\":\"x\"}}",
                "{\"msg\":\"x\",}",
                "{msg:\"x\"}",
                "{'msg':'x'}",
                "{\"msg\":\"x\tx\"}",
                "{\"msg\":\"\\x\"}",
                "{\"msg\":NaN}",
                "[\"msg\"]",
                "\"msg\"",
                "x {\"msg\":\"x\"}",
                "{\"msg\":\"x\"} x"
            })
    void json_whatIsNoObjectIsText(String line) {
        Map<String, Object> object = parsed(line, LogParser.JSON);
        assertEquals(line, object.get("message"));
        assertEquals(false, object.containsKey("fields"));
    }

    @Test
    void json_bytesThatAreNoUtf8MakeItText() {
        LineTable lines = TestLines.cut(
                origin(OutputSpec.builder().parsers(LogParser.JSON)),
                1000,
                "{\"msg\":\"\u00FF\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertEquals(
                Map.of("process", "api", "stream", "stdout", "message", "{\"msg\":\"\uFFFD\"}"),
                StrictJson.parse(TestLines.formatted(lines, FORMAT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 64, 65, 1_000, 8_000})
    void json_depthIsBounded(int depth) {
        String line = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        Map<String, Object> object = parsed(line, LogParser.JSON);
        assertEquals(line, object.get("message"));
        assertEquals(depth <= 64, object.containsKey("fields"));

        String unfinished = "[".repeat(depth);
        assertEquals(
                "{\"a\":" + unfinished,
                parsed("{\"a\":" + unfinished, LogParser.JSON).get("message"));
    }

    @Test
    void json_pieceOfALineIsText() {
        byte[] line = TestLines.bytes("{\"msg\":\"" + "x".repeat(300) + "\"}");
        LineTable lines = TestLines.cut(origin(OutputSpec.builder().parsers(LogParser.JSON)), 256, line);
        assertEquals(2, lines.count());
        for (String written : written(lines)) {
            assertEquals(false, parse(written).containsKey("fields"));
        }
    }

    @Test
    void logfmt_fieldsAreThePairs() {
        Map<String, Object> object = parsed("level=warn msg=\"it \\\"broke\\\"\" n=1 empty= a.b=c", LogParser.LOGFMT);
        assertEquals("warn", object.get("level"));
        assertEquals(
                Map.of("level", "warn", "msg", "it \"broke\"", "n", "1", "empty", "", "a.b", "c"),
                object.get("fields"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a b=c", "a=b c", "=b", "a=\"b", "a=\"b\"c", "a=b\"c", "a=b=c", "", "   ", "ä=b", "a:b"})
    void logfmt_whatIsNotMadeOfPairsIsText(String line) {
        Map<String, Object> object = parsed(line, LogParser.LOGFMT);
        assertEquals(line, object.get("message"));
        assertEquals(false, object.containsKey("fields"));
    }

    @Test
    void parsers_theFirstThatUnderstandsDecides() {
        LogParser[] both = {LogParser.JSON, LogParser.LOGFMT};
        assertEquals(Map.of("a", "b"), parsed("{\"a\":\"b\"}", both).get("fields"));
        assertEquals(Map.of("a", "b"), parsed("a=b", both).get("fields"));
        assertEquals(false, parsed("text", both).containsKey("fields"));
        assertEquals(false, parsed("{\"a\":\"b\"}").containsKey("fields"), "without a parser");
    }

    private static Map<String, Object> parsed(String line, LogParser... parsers) {
        return parse(text(origin(OutputSpec.builder().parsers(parsers)), line));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parse(String line) {
        return (Map<String, Object>) StrictJson.parse(line);
    }

    /** {@return what stands between the quotes} */
    private static String message(String text) {
        String line = text(origin(), text);
        String start = "{\"process\":\"api\",\"stream\":\"stdout\",\"message\":\"";
        assertEquals(start, line.substring(0, start.length()));
        return line.substring(start.length(), line.length() - "\"}\n".length());
    }

    private static Object decoded(int... values) {
        byte[] bytes = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            bytes[index] = (byte) values[index];
        }
        return ((Map<?, ?>) StrictJson.parse(TestLines.formatted(TestLines.cut(origin(), 1000, bytes), FORMAT)))
                .get("message");
    }

    private static String text(Origin origin, String line) {
        LineTable lines = TestLines.of(origin, line);
        assertEquals(List.of(line), TestLines.texts(lines));
        return new String(TestLines.formatted(lines, FORMAT), UTF_8);
    }

    private static List<String> written(LineTable lines) {
        String text = new String(TestLines.formatted(lines, FORMAT), UTF_8);
        return List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }

    private static Origin origin(LogField... fields) {
        return new Origin(
                "api", StreamKind.STDOUT, OutputSpec.builder().fields(fields).build());
    }

    private static Origin origin(OutputSpec.Builder output) {
        return new Origin("api", StreamKind.STDOUT, output.fields().build());
    }
}
