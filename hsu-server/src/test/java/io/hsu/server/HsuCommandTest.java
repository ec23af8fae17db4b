package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line is read as. What is refused is refused before anything is done. */
class HsuCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {"--config f.yaml", "--config=f.yaml", "run f.yaml", "run --config f.yaml", "--config f.yaml run"
            })
    void config_givenInEachWay(String line) {
        assertEquals(
                new RunOptions(Path.of("f.yaml"), false, false, OptionalInt.empty(), Optional.empty()), options(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--debug --lenient --port 0 --run-duration 1.5 --config f.yaml",
                "run --debug --lenient --port 0 --run-duration 1.5 f.yaml",
                "--debug --port 0 run --run-duration 1.5 --lenient f.yaml"
            })
    void options_countWhereverTheyStand(String line) {
        assertEquals(
                new RunOptions(Path.of("f.yaml"), true, true, OptionalInt.of(0), Optional.of(Duration.ofMillis(1500))),
                options(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    | no configuration is given; say --config FILE, or run FILE
                    run | no configuration is given; say --config FILE, or run FILE
                    run a.yaml --config b.yaml | two configurations are given, a.yaml and --config b.yaml; give one
                    --config a --port 65536 | --port must be from 0 to 65535, but is 65536
                    --config a --port -1 | --port must be from 0 to 65535, but is -1
                    --config a --port x | Invalid value for option '--port': 'x' is not an int
                    --config a --run-duration 0 | is not a number of seconds above 0
                    --config a --run-duration -5 | is not a number of seconds above 0
                    --config a --run-duration 1e99 | is not a number of seconds above 0
                    --config a --run-duration 5m | is not a number of seconds above 0
                    --config | Missing required parameter for option '--config'
                    --colour | Unknown option: '--colour'
                    run a b | Unmatched argument
                    """)
    void wrong_isExitCode2_withAHint(String line, String message) {
        assertEquals(ExitCodes.WRONG_INPUT, execute(line == null ? "" : line), err.toString());
        assertTrue(err.toString().startsWith("hsu: "), err.toString());
        assertTrue(err.toString().contains(message), err.toString());
        assertTrue(err.toString().contains("--help"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void help_andVersion() {
        assertEquals(ExitCodes.DONE, execute("--help"));
        assertTrue(out.toString().contains("--run-duration"), out.toString());
        assertEquals(ExitCodes.DONE, execute("run --help"));
        out.getBuffer().setLength(0);
        assertEquals(ExitCodes.DONE, execute("--version"));
        assertTrue(out.toString().matches("hsu \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R"), out.toString());
    }

    private int execute(String line) {
        return HsuCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words(line));
    }

    static RunOptions options(String line) {
        CommandLine hsu = HsuCommand.commandLine();
        CommandLine.ParseResult parsed = hsu.parseArgs(words(line));
        HsuCommand command = hsu.getCommand();
        return parsed.hasSubcommand()
                ? command.options(
                        hsu.getSubcommands().get("run").<RunCommand>getCommand().file())
                : command.options(null);
    }

    static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}
