package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogFilter;
import io.hsu.LogLevel;
import io.hsu.StreamKind;
import io.hsu.testkit.CapturedLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineFilterTest {

    private static final LogFilter NONE = LogFilter.none();

    /** Two alternatives in a group that repeats: each repetition takes stack. */
    private static final Pattern DEEP = Pattern.compile("^(a|b)*$");

    private static final String TOO_LONG = "ab".repeat(30_000);

    @Test
    void none_isNoFilter() {
        assertNull(LineFilter.of(NONE, "api"));
    }

    // By level.

    @Test
    void minLevel_whatIsLessSevereIsTakenOut() {
        LogFilter filter = NONE.minLevel(LogLevel.WARN);
        assertEquals(
                List.of("WARN b", "ERROR c", "level=fatal d"),
                filtered(filter, "INFO a", "WARN b", "ERROR c", "DEBUG x", "level=fatal d", "{\"level\":30}"));
    }

    @Test
    void minLevel_linesWithoutALevelPass() {
        assertEquals(List.of("a", "", "b"), filtered(NONE.minLevel(LogLevel.ERROR), "a", "INFO x", "", "b"));
    }

    @Test
    void minLevel_linesThatGoOnFollowTheOneBefore() {
        LogFilter filter = NONE.minLevel(LogLevel.WARN);
        assertEquals(
                List.of("ERROR a", "  at b", "\tat c", "d", "  e"),
                filtered(filter, "ERROR a", "  at b", "\tat c", "INFO x", "  at x", "\tat x", "d", "  e"));
    }

    @Test
    void minLevel_firstLinePassesThoughItSeemsToGoOn() {
        assertEquals(List.of("  a"), filtered(NONE.minLevel(LogLevel.ERROR), "  a"));
    }

    @Test
    void minLevel_lineThatSeemsToGoOnCountsByItsOwnLevel() {
        LogFilter filter = NONE.minLevel(LogLevel.WARN);
        assertEquals(List.of("  ERROR b"), filtered(filter, "INFO a", "  ERROR b"));
        assertEquals(List.of("ERROR a"), filtered(filter, "ERROR a", "  INFO b"));
    }

    @Test
    void minLevel_linesFollowTheOneBeforeAcrossChunks() {
        LineFilter filter = LineFilter.of(NONE.minLevel(LogLevel.WARN), "api");
        assertEquals(List.of(), apply(filter, "INFO a"));
        assertEquals(List.of(), apply(filter, "  at b", "  at c"));
        assertEquals(List.of("ERROR d"), apply(filter, "ERROR d"));
        assertEquals(List.of("  at e"), apply(filter, "  at e"));
    }

    // By pattern.

    @Test
    void include_oneMustBeFound() {
        LogFilter filter = NONE.include(Pattern.compile("a.c")).include(Pattern.compile("^x"));
        assertEquals(List.of("--abc--", "x"), filtered(filter, "--abc--", "ac", "x", " x", ""));
    }

    @Test
    void exclude_noneMayBeFound() {
        LogFilter filter = NONE.exclude(Pattern.compile("heartbeat")).exclude(Pattern.compile("^DEBUG"));
        assertEquals(List.of("a DEBUG", ""), filtered(filter, "a heartbeat", "DEBUG", "a DEBUG", ""));
    }

    @Test
    void exclude_countsMoreThanInclude() {
        LogFilter filter = NONE.include(Pattern.compile("a")).exclude(Pattern.compile("b"));
        assertEquals(List.of("a"), filtered(filter, "a", "ab", "b", "c"));
    }

    @Test
    void allRules_mustHold() {
        LogFilter filter =
                NONE.minLevel(LogLevel.WARN).include(Pattern.compile("db")).exclude(Pattern.compile("retry"));
        assertEquals(
                List.of("ERROR db", "db"), filtered(filter, "ERROR db", "INFO db", "ERROR", "WARN db retry", "db"));
    }

    @Test
    void pattern_isSearchedInTextNotBytes() {
        LogFilter filter = NONE.include(Pattern.compile("^.ä.$"));
        assertEquals(List.of("xäx"), filtered(filter, "xäx", "xax"));
    }

    // Pieces of a long line.

    @Test
    void pieces_stayTogether() {
        LogFilter filter = NONE.include(Pattern.compile("yes"));
        byte[] output = TestLines.bytes("yes, first piece", "no", "no, and yes comes too late", "yes");
        assertEquals(List.of("yes, first", " piece", "yes"), cutAndFiltered(filter, 10, output));
    }

    @Test
    void pieces_levelIsThatOfTheFirst() {
        LogFilter filter = NONE.minLevel(LogLevel.WARN);
        byte[] output = TestLines.bytes("INFO 789 ERROR 7 ERROR", "ERROR 89 INFO", "  ERROR");
        assertEquals(List.of("ERROR 89 ", "INFO", "  ERROR"), cutAndFiltered(filter, 9, output));
    }

    @Test
    void pieces_stayTogetherAcrossChunks() {
        LineFilter filter = LineFilter.of(NONE.exclude(Pattern.compile("no")), "api");
        LineTable lines = new LineTable();
        LineCutter cutter = new LineCutter(4);
        List<String> passed = new ArrayList<>();
        for (String chunk : List.of("no, ", "so it", " goes", " on\nye", "s, so it goes on", "\n")) {
            lines.begin(TestLines.origin("api", StreamKind.STDOUT), 1, TestLines.TIME);
            cutter.cut(ByteBuffer.wrap(chunk.getBytes(UTF_8)), lines);
            filter.apply(lines);
            passed.addAll(TestLines.texts(lines));
        }
        assertEquals("yes, so it goes on", String.join("", passed));
    }

    // A pattern that fails.

    @Test
    void deepPattern_lineThatItFailsOnPasses() {
        try (CapturedLog log = CapturedLog.of(LineFilter.class)) {
            assertEquals(
                    List.of("ab", TOO_LONG, TOO_LONG), filtered(NONE.include(DEEP), "ab", "abc", TOO_LONG, TOO_LONG));
            assertEquals(1, log.count(Level.WARNING), "once");
            assertTrue(
                    log.toString()
                            .startsWith("process 'api': pattern /^(a|b)*$/ is too deep for a line of 60000 characters; "
                                    + "such lines pass the filter"),
                    log::toString);
        }
    }

    @Test
    void deepPattern_excludesNothingThatItFailsOn() {
        try (CapturedLog log = CapturedLog.of(LineFilter.class)) {
            assertEquals(List.of("abc", TOO_LONG, "abc"), filtered(NONE.exclude(DEEP), "ab", "abc", TOO_LONG, "abc"));
            assertEquals(1, log.count(Level.WARNING));
        }
    }

    private static List<String> filtered(LogFilter filter, String... lines) {
        return apply(LineFilter.of(filter, "api"), lines);
    }

    private static List<String> apply(LineFilter filter, String... texts) {
        LineTable lines = TestLines.of(TestLines.origin("api", StreamKind.STDOUT), texts);
        filter.apply(lines);
        return TestLines.texts(lines);
    }

    private static List<String> cutAndFiltered(LogFilter filter, int limit, byte[] output) {
        LineTable lines = TestLines.cut(TestLines.origin("api", StreamKind.STDOUT), limit, output);
        LineFilter.of(filter, "api").apply(lines);
        return TestLines.texts(lines);
    }
}
