package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogField;
import io.hsu.LogFormat;
import io.hsu.LogTarget;
import io.hsu.OutputSpec;
import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines as text, byte for byte. JSON has a test of its own. */
class LineFormatTest {

    private static final byte[] ODD_BYTES = {
        'a', 0, (byte) 0xFF, '\t', 0x1B, '[', 'm', (byte) 0xC3, '"', '\\', 0x7F, '\r', 'b', '\n'
    };

    // Plain.

    @Test
    void plain_isWhatCame() {
        assertEquals("a\n\nb c\n", plain("", "a", "", "b c"));
    }

    @Test
    void plain_anyBytesStayAsTheyAre() {
        LineFormat format = LineFormat.of(LogTarget.stdout(), "m", "h");
        LineTable lines = TestLines.cut(TestLines.origin("api", StreamKind.STDOUT), 1000, ODD_BYTES);
        assertArrayEquals(ODD_BYTES, TestLines.formatted(lines, format));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',a",
                "[x],[x] a",
                "'[x] ',[x] a",
                "'x\t','x\ta'",
                "' ',' a'",
                "[{process_id}],[api] a",
                "{process_id}: ,api: a",
                "{process_id},api a",
                "<{process_id}/{process_id}>,<api/api> a",
                "ä,ä a",
                "{process-id},{process-id} a"
            })
    void prefix_standsBeforeEachLineWithABlankBehindIt(String prefix, String line) {
        assertEquals(line + "\n", plain(prefix, "a"));
    }

    @Test
    void verbatim_isPlainWithoutAPrefix() {
        LogTarget target = LogTarget.stdout();
        assertTrue(LineFormat.of(target, "m", "h").isVerbatim());
        assertFalse(LineFormat.of(target.prefix("x"), "m", "h").isVerbatim());
        assertFalse(LineFormat.of(target.prefix("{process_id}"), "m", "h").isVerbatim());
        assertFalse(
                LineFormat.of(target.format(LogFormat.ENHANCED_PLAIN), "m", "h").isVerbatim());
        assertFalse(LineFormat.of(target.format(LogFormat.JSON), "m", "h").isVerbatim());
    }

    // Enhanced.

    static Stream<Arguments> fields() {
        return Stream.of(
                Arguments.of(new LogField[] {}, "api stderr | a\n"),
                Arguments.of(new LogField[] {LogField.TIMESTAMP}, "2026-11-25T09:21:50.123Z api stderr | a\n"),
                Arguments.of(new LogField[] {LogField.HOST}, "api stderr host=h1 | a\n"),
                Arguments.of(new LogField[] {LogField.MANAGER_ID}, "api stderr manager=m1 | a\n"),
                Arguments.of(new LogField[] {LogField.SEQUENCE}, "api stderr seq=17 | a\n"),
                Arguments.of(new LogField[] {LogField.LINE_NUMBER}, "api stderr line=1 | a\n"),
                Arguments.of(
                        LogField.values(),
                        "2026-11-25T09:21:50.123Z api stderr host=h1 manager=m1 seq=17 line=1 | a\n"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void enhanced_saysWhatIsAskedFor(LogField[] fields, String expected) {
        assertEquals(expected, enhanced("", fields, "a"));
    }

    @Test
    void enhanced_numbersEachLine() {
        assertEquals(
                "api stderr seq=17 line=1 | a\napi stderr seq=18 line=2 | b\n",
                enhanced("", new LogField[] {LogField.SEQUENCE, LogField.LINE_NUMBER}, "a", "b"));
    }

    @Test
    void enhanced_prefixComesFirst() {
        assertEquals("[api] api stderr | a\n", enhanced("[{process_id}]", new LogField[] {}, "a"));
    }

    @Test
    void enhanced_anyBytesStayAsTheyAre() {
        LineTable lines = TestLines.cut(origin(), 1000, ODD_BYTES);
        String expected = "api stderr | " + new String(ODD_BYTES, ISO_8859_1);
        assertArrayEquals(expected.getBytes(ISO_8859_1), TestLines.formatted(lines, enhanced("")));
    }

    @Test
    void enhanced_piecesOfALineAreMarkedAndShareItsNumber() {
        LineTable lines =
                TestLines.cut(origin(LogField.SEQUENCE, LogField.LINE_NUMBER), 4, TestLines.bytes("abcdefghij", "k"));
        assertEquals("""
                api stderr seq=1 line=1 split=true | abcd
                api stderr seq=2 line=1 split=true | efgh
                api stderr seq=3 line=1 | ij
                api stderr seq=4 line=2 | k
                """, new String(TestLines.formatted(lines, enhanced("")), UTF_8));
    }

    // The batch.

    @Test
    void formatted_isReadOnlyAndMayBeAskedForAgain() {
        Batch batch = new Batch(TestLines.of(origin(), "a"), enhanced(""));
        ByteBuffer formatted = batch.formatted();
        Assertions.assertThrows(ReadOnlyBufferException.class, () -> formatted.put((byte) 0));
        assertEquals(formatted, batch.formatted());
    }

    @Test
    void line_outsideTheBatch() {
        Batch batch = new Batch(TestLines.of(origin(), "a"), enhanced(""));
        Assertions.assertThrows(IndexOutOfBoundsException.class, () -> batch.line(1));
        Assertions.assertThrows(IndexOutOfBoundsException.class, () -> batch.level(-1));
    }

    // Times.

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T09:21:50.123Z,2026-11-25T09:21:50.123Z",
        "2026-11-25T09:21:50.123999999Z,2026-11-25T09:21:50.123Z",
        "2000-02-29T00:00:00Z,2000-02-29T00:00:00.000Z",
        "1999-12-31T23:59:59.009Z,1999-12-31T23:59:59.009Z",
        "1969-12-31T23:59:59.999Z,1969-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00.010Z,0001-01-01T00:00:00.010Z"
    })
    void timestamp_isIsoToTheMillisecond(Instant at, String expected) {
        assertEquals(expected, new String(Timestamps.iso(at.toEpochMilli(), null), UTF_8));
    }

    @Test
    void timestamp_ofATableThatIsUsedAgainIsNew() {
        LineTable lines = new LineTable();
        lines.begin(origin(), 1, TestLines.TIME);
        assertEquals("2026-11-25T09:21:50.123Z", new String(lines.timestamp(), UTF_8));
        lines.begin(origin(), 1, TestLines.TIME.plusSeconds(3600));
        assertEquals("2026-11-25T10:21:50.123Z", new String(lines.timestamp(), UTF_8));
    }

    private static String plain(String prefix, String... texts) {
        LineFormat format = LineFormat.of(LogTarget.stdout().prefix(prefix), "m", "h");
        return new String(
                TestLines.formatted(TestLines.of(TestLines.origin("api", StreamKind.STDOUT), texts), format), UTF_8);
    }

    private static String enhanced(String prefix, LogField[] fields, String... texts) {
        return new String(TestLines.formatted(TestLines.of(origin(fields), 17, texts), enhanced(prefix)), UTF_8);
    }

    private static LineFormat enhanced(String prefix) {
        return LineFormat.of(LogTarget.stdout().format(LogFormat.ENHANCED_PLAIN).prefix(prefix), "m1", "h1");
    }

    private static Origin origin(LogField... fields) {
        return new Origin(
                "api", StreamKind.STDERR, OutputSpec.builder().fields(fields).build());
    }
}
