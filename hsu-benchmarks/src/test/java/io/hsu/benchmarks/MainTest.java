package io.hsu.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"spawn", "managers", "churn", "massacre", "logs", "resources"})
    void help_ofEachCommand(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.toString().contains("--json"), out::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "spawn,--count",
        "managers,--kills",
        "churn,--cycles",
        "massacre,--children",
        "logs,--rounds",
        "resources,--passes"
    })
    void numbers_mustBeNumbers(String command, String option) {
        assertEquals(2, run(command, option, "many"));
        assertTrue(err.toString().contains("'many' is not an int"), err::toString);
    }

    @Test
    void whatCannotBeMeasured_isToldWithoutAStackTrace() {
        assertEquals(1, run("spawn", "--count", "3"));
        assertEquals(
                "hsu-benchmarks: --count must be 100 or more, for a 99th percentile, but is 3",
                err.toString().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--megabytes", "--rounds", "--children", "--seconds", "--line-megabytes"})
    @EnabledOnOs(OS.LINUX)
    void logs_ofNothing(String option) {
        assertEquals(1, run("logs", option, "0"));
        assertEquals(
                "hsu-benchmarks: %s must be 1 or more, but is 0".formatted(option),
                err.toString().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds", "--reads", "--processes", "--passes"})
    @EnabledOnOs(OS.LINUX)
    void resources_ofNothing(String option) {
        assertEquals(1, run("resources", option, "0"));
        assertEquals(
                "hsu-benchmarks: %s must be 1 or more, but is 0".formatted(option),
                err.toString().strip());
    }

    private int run(String... args) {
        CommandLine command = Main.commandLine();
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }
}
