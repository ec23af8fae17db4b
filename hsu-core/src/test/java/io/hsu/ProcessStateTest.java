package io.hsu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two tables of the life of a process, written out once more: whoever changes one means it. */
class ProcessStateTest {

    private static final String TABLE = """
            from       | to                                            | operations                  | live
            REGISTERED | STARTING                                      | START, STOP, RESTART, REMOVE | false
            STARTING   | RUNNING, STOPPING, STOPPED, RESTARTING, FAILED | STOP, RESTART               | true
            RUNNING    | STOPPING, STOPPED, RESTARTING, FAILED         | STOP, RESTART               | true
            STOPPING   | STOPPED, RESTARTING, FAILED                   | STOP                        | true
            STOPPED    | STARTING                                      | START, STOP, RESTART, REMOVE | false
            RESTARTING | STARTING, STOPPED, FAILED                     | STOP, RESTART               | false
            FAILED     | STARTING, STOPPING                            | START, STOP, RESTART, REMOVE | false
            """;

    @ParameterizedTest
    @CsvSource(textBlock = TABLE, delimiter = '|', useHeadersInDisplayName = true)
    void table(ProcessState from, String to, String operations, boolean live) {
        Set<ProcessState> moves = EnumSet.allOf(ProcessState.class).stream()
                .filter(from::canMoveTo)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProcessState.class)));
        assertEquals(to, join(moves));
        assertEquals(operations, join(from.allowedOperations()));
        for (Operation operation : Operation.values()) {
            assertEquals(from.allowedOperations().contains(operation), from.allows(operation), operation.name());
        }
        assertEquals(live, from.isLive());
    }

    @Test
    void table_hasEveryState() {
        assertEquals(ProcessState.values().length, TABLE.lines().count() - 1);
    }

    private static String join(Set<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
