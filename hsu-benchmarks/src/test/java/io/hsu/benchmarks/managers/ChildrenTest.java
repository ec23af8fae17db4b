package io.hsu.benchmarks.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChildrenTest {

    private final Children children = new Children(Path.of("sleep"), 123, 20);

    @Test
    void command_saysRunAndChild() {
        assertEquals(List.of("sleep", "100000", "123", "7"), children.command(7));
    }

    @Test
    void index_ofAChild() {
        assertEquals(OptionalInt.of(7), children.index("sleep\000100000\000123\0007\000"));
        assertEquals(OptionalInt.of(17), children.index(cmdline(children.command(17))));
    }

    @Test
    void index_ofOthers() {
        assertEquals(OptionalInt.empty(), children.index(""));
        assertEquals(OptionalInt.empty(), children.index("sleep\000100000\000124\0007\000"));
        assertEquals(OptionalInt.empty(), children.index("setsid\000sleep\000100000\000123\0007\000"));
    }

    @Test
    void parse_whatWasHandedOver() {
        List<String> arguments = children.toArguments();
        assertEquals(children, Children.parse(arguments.get(0), arguments.get(1), arguments.get(2)));
    }

    private static String cmdline(List<String> command) {
        return String.join("\0", command) + "\0";
    }
}
