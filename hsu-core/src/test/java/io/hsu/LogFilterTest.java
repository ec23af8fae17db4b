package io.hsu;

import static io.hsu.testkit.Refusals.refusesNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LogFilterTest {

    private final LogFilter filter = LogFilter.none()
            .minLevel(LogLevel.WARN)
            .include(Pattern.compile("a"))
            .exclude(Pattern.compile("b"));

    @Test
    void none_letsEverythingPass() {
        assertEquals(Optional.empty(), LogFilter.none().minLevel());
        assertEquals(List.of(), LogFilter.none().includes());
        assertEquals(List.of(), LogFilter.none().excludes());
    }

    @Test
    void withers_leaveTheOriginalAlone() {
        assertEquals(Optional.empty(), LogFilter.none().minLevel());
        assertEquals(Optional.of(LogLevel.WARN), filter.minLevel());
        LogFilter more = filter.include(Pattern.compile("c")).exclude(Pattern.compile("d"));
        assertEquals(
                List.of("a", "c"),
                more.includes().stream().map(Pattern::pattern).toList());
        assertEquals(
                List.of("b", "d"),
                more.excludes().stream().map(Pattern::pattern).toList());
        assertEquals(1, filter.includes().size());
        assertThrows(
                UnsupportedOperationException.class, () -> filter.includes().clear());
    }

    @Test
    void equality_patternsAreEqualByTextAndFlags() {
        LogFilter same = LogFilter.none()
                .exclude(Pattern.compile("b"))
                .include(Pattern.compile("a"))
                .minLevel(LogLevel.WARN);
        assertEquals(filter, same);
        assertEquals(filter.hashCode(), same.hashCode());
        List<LogFilter> others = List.of(
                LogFilter.none(),
                filter.minLevel(LogLevel.INFO),
                filter.include(Pattern.compile("x")),
                filter.exclude(Pattern.compile("x")),
                LogFilter.none()
                        .minLevel(LogLevel.WARN)
                        .include(Pattern.compile("a", Pattern.CASE_INSENSITIVE))
                        .exclude(Pattern.compile("b")));
        for (LogFilter other : others) {
            assertNotEquals(filter, other);
        }
        assertNotEquals(
                LogFilter.none().include(Pattern.compile("a")), LogFilter.none().exclude(Pattern.compile("a")));
        assertNotEquals(
                LogFilter.none().include(Pattern.compile("1", 2)),
                LogFilter.none().include(Pattern.compile("", 21)),
                "flags and text are not run together");
    }

    @Test
    void toString_tellsTheRules() {
        assertEquals("LogFilter[minLevel=WARN, includes=[a], excludes=[b]]", filter.toString());
    }

    @Test
    void values_null() {
        refusesNull("level", () -> filter.minLevel(null));
        refusesNull("pattern", () -> filter.include(null));
        refusesNull("pattern", () -> filter.exclude(null));
    }
}
