package io.hsu.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.testkit.Marked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's part on the environment: inherited, less what is removed, then the file, then what is set. */
abstract class LauncherEnvironmentContract extends LauncherContract {

    private static final String INHERITED = System.getenv("PATH");

    @Test
    void environment_isInherited() {
        assertEquals(INHERITED + "\n", sh("echo \"$PATH\"").over().stdout());
    }

    @Test
    void environment_setOneReplacesInheritedOne() {
        assertEquals(
                "mine\n",
                launch(p -> p.command(shell("echo \"$PATH\"")).environment("PATH", "mine"))
                        .over()
                        .stdout());
    }

    @Test
    void environment_valuesArriveAsTheyAre() {
        String value = " a=b \"c\" $d 'e'\n#f";
        assertEquals(
                "[" + value + "]",
                launch(p -> p.command(shell("printf '[%s]' \"$A\"")).environment("A", value))
                        .over()
                        .stdout());
    }

    @Test
    void environment_removedOneIsNotThere() {
        Launch launch = launch(p -> p.command("/usr/bin/env").removeEnvironment("PATH"));
        Map<String, String> environment = environment(launch);
        assertFalse(environment.containsKey("PATH"), environment.keySet()::toString);
        assertTrue(environment.containsKey(Marked.VARIABLE), environment.keySet()::toString);
    }

    @Test
    void port_isHandedOverAsArgumentAndVariable() {
        LaunchRequest request = LaunchRequest.of(spec(p ->
                p.command("/bin/sh", "-c", "echo \"$HSU_PORT $*\"", "sh", "-v").environment("HSU_PORT", "mine")));
        assertEquals(
                "8081 -v --port 8081\n", launch(request.withPort(8081)).over().stdout());
        assertEquals(
                "8082 -v --port 8082\n", launch(request.withPort(8082)).over().stdout());
        assertEquals(
                "8082\n",
                launch(request.withPort(8082).beside(shell("echo \"$HSU_PORT\"")))
                        .over()
                        .stdout());
    }

    @Test
    void environment_setOneComesBackAfterItsRemoval() {
        Launch launch =
                launch(p -> p.command("/usr/bin/env").removeEnvironment("PATH").environment("PATH", "mine"));
        assertEquals("mine", environment(launch).get("PATH"));
    }

    @Test
    void environment_clearedHoldsOnlyWhatIsSet() {
        Launch launch = launch(p -> p.command("/usr/bin/env").clearEnvironment().environment("A", "1"));
        Set<String> names = new TreeSet<>(environment(launch).keySet());
        names.remove("HSU_LAUNCH_ID"); // the launcher's own mark
        assertEquals(Set.of("A", Marked.VARIABLE), names);
    }

    @Test
    void mark_ofAManagerAroundThisOneIsKept() {
        Launch launch = launch(p -> p.command("/usr/bin/env").environment("HSU_LAUNCH_ID", "outer"));
        List<String> marks = launch.over()
                .stdout()
                .lines()
                .filter(line -> line.startsWith("HSU_LAUNCH_ID="))
                .toList();
        assertEquals(1, marks.size(), marks::toString);
        assertTrue(marks.get(0).matches("HSU_LAUNCH_ID=outer:[0-9a-f-]{41}"), marks::toString);
    }

    @Test
    void file_commentsBlankLinesAndQuotes() throws IOException {
        Path file = Files.writeString(directory.resolve("env"), """
                # a comment

                  PLAIN = value with spaces%s
                DOUBLE="  kept  "
                SINGLE='a "b" c'
                HALF="open
                EQUALS=a=b=c
                EMPTY=
                HASH=a # b
                """.formatted("  "));
        Map<String, String> environment = environment(
                launch(p -> p.command("/usr/bin/env").clearEnvironment().environmentFile(file)));
        assertEquals("value with spaces", environment.get("PLAIN"));
        assertEquals("  kept  ", environment.get("DOUBLE"));
        assertEquals("a \"b\" c", environment.get("SINGLE"));
        assertEquals("\"open", environment.get("HALF"));
        assertEquals("a=b=c", environment.get("EQUALS"));
        assertEquals("", environment.get("EMPTY"));
        assertEquals("a # b", environment.get("HASH"));
    }

    @Test
    void file_isOverTheInheritedAndBelowTheSet() throws IOException {
        Path file = Files.writeString(directory.resolve("env"), "PATH=from file\nB=from file\n");
        Map<String, String> environment = environment(
                launch(p -> p.command("/usr/bin/env").environmentFile(file).environment("B", "set")));
        assertEquals("from file", environment.get("PATH"));
        assertEquals("set", environment.get("B"));
    }

    @Test
    void file_isReadAtEachStart() throws IOException {
        Path file = Files.writeString(directory.resolve("env"), "A=1");
        assertEquals(
                "1",
                environment(launch(p -> p.command("/usr/bin/env").environmentFile(file)))
                        .get("A"));
        Files.writeString(file, "A=2");
        assertEquals(
                "2",
                environment(launch(p -> p.command("/usr/bin/env").environmentFile(file)))
                        .get("A"));
    }

    @Test
    void file_missing() {
        Path missing = directory.resolve("missing");
        ProcessStartException e = refusal(p -> p.command("/usr/bin/env").environmentFile(missing));
        assertEquals(Reason.ENVIRONMENT_FILE_UNREADABLE, e.reason());
        assertEquals(
                "process 'api' cannot be started: environment file '%1$s' does not exist (looked at %1$s)"
                        .formatted(missing),
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "=s3cret", "A=s3cret\0"})
    void file_badLineIsToldByItsNumberOnly(String line) throws IOException {
        Path file = Files.writeString(directory.resolve("env"), "A=1\n# two\n" + line + "\n");
        ProcessStartException e = refusal(p -> p.command("/usr/bin/env").environmentFile(file));
        assertEquals(Reason.ENVIRONMENT_FILE_UNREADABLE, e.reason());
        assertEquals(
                "process 'api' cannot be started: environment file '%s' line 3 is not NAME=value".formatted(file),
                e.getMessage());
    }

    private static Map<String, String> environment(Launch launch) {
        return launch.over()
                .stdout()
                .lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> first));
    }
}
