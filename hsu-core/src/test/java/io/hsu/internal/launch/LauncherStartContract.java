package io.hsu.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract's part on what is run: command, arguments, directory; and on what cannot be run. */
abstract class LauncherStartContract extends LauncherContract {

    @Test
    void arguments_arePassedAsTheyAre() {
        assertArguments(
                "a b", "", " ", "\"quoted\"", "'single'", "$HOME", "`id`", "\\", "*", "-n", "--", "a\nb", "\t", "#");
    }

    @Test
    void arguments_unicode() {
        String text = "ä€😀漢字";
        assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode(text),
                "the JVM's locale knows these characters");
        assertArguments(text, "", text);
    }

    private void assertArguments(String... arguments) {
        String expected =
                Arrays.stream(arguments).map(argument -> "[" + argument + "]\n").collect(Collectors.joining());
        assertEquals(
                expected,
                sh("for a do printf '[%s]\\n' \"$a\"; done", arguments).over().stdout());
    }

    @Test
    void workingDirectory_isTheOneThatIsSet() throws IOException {
        Launch launch = launch(p -> p.command("/bin/sh", "-c", "pwd -P").workingDirectory(directory));
        assertEquals(directory.toRealPath() + "\n", launch.over().stdout());
    }

    @Test
    void workingDirectory_isTheManagersUnlessSet() throws IOException {
        assertEquals(Path.of("").toRealPath() + "\n", sh("pwd -P").over().stdout());
    }

    @Test
    void workingDirectory_missing() {
        ProcessStartException e = refusal(p -> p.command("/bin/sh").workingDirectory(directory.resolve("missing")));
        assertEquals(Reason.WORKING_DIRECTORY_NOT_FOUND, e.reason());
        assertEquals(
                "process 'api' cannot be started: working directory '%s' does not exist; create it or set another one"
                        .formatted(directory.resolve("missing")),
                e.getMessage());
    }

    @Test
    void workingDirectory_isAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        ProcessStartException e = refusal(p -> p.command("/bin/sh").workingDirectory(file));
        assertEquals(Reason.WORKING_DIRECTORY_NOT_FOUND, e.reason());
        assertEquals(
                "process 'api' cannot be started: working directory '%s' is not a directory; create it or set another one"
                        .formatted(file),
                e.getMessage());
    }

    @Test
    void executable_inTheChildsPath() throws IOException {
        executable("tool", "#!/bin/sh\necho \"found $1\"\n");
        Launch launch = launch(p -> p.command("tool", "me").environment("PATH", "/missing:" + directory + ":/bin"));
        assertEquals("found me\n", launch.over().stdout());
    }

    @Test
    void executable_isToldItsWholePath() throws IOException {
        Path tool = executable("tool", "#!/bin/sh\necho \"$0\"\n");
        Launch launch = launch(p -> p.command("tool").environment("PATH", directory + ":/bin"));
        assertEquals(tool + "\n", launch.over().stdout());
        Path there = Path.of("").toAbsolutePath().relativize(tool);
        assertEquals(
                "found",
                launch(p -> p.command("sh", "-c", "[ -x \"$0\" ] && printf found")
                                .environment("PATH", "/bin")
                                .workingDirectory(directory))
                        .over()
                        .stdout());
        assertTrue(launch(p -> p.command(there.toString()).workingDirectory(directory))
                .over()
                .stdout()
                .startsWith("/"));
    }

    @Test
    void executable_thatMayNotBeRunIsPassedOverInThePath() throws IOException {
        Path refused = Files.createDirectory(directory.resolve("refused"));
        Files.createFile(refused.resolve("tool"));
        executable("tool", "#!/bin/sh\necho found\n");
        Launch launch = launch(p -> p.command("tool").environment("PATH", refused + ":" + directory + ":/bin"));
        assertEquals("found\n", launch.over().stdout());
    }

    /** A JVM in the POSIX locale, as in many containers, cannot name a directory with an umlaut. */
    @Test
    void executable_pathWithADirectoryThatHasNoName() throws IOException {
        executable("tool", "#!/bin/sh\necho found\n");
        Launch launch = launch(p -> p.command("tool").environment("PATH", "/\ud800:" + directory + ":/bin"));
        assertEquals("found\n", launch.over().stdout());
    }

    @Test
    void executable_missingAtItsPath() {
        Path missing = directory.resolve("missing");
        ProcessStartException e = refusal(p -> p.command(missing.toString()));
        assertEquals(Reason.EXECUTABLE_NOT_FOUND, e.reason());
        assertEquals(
                "process 'api' cannot be started: executable '%1$s' does not exist (looked at %1$s); correct the path"
                        .formatted(missing),
                e.getMessage());
    }

    @Test
    void executable_notInThePath() {
        ProcessStartException e = refusal(p -> p.command("no-such-tool")
                .environment("PATH", "/secret/one:/secret/two")
                .environment("TOKEN", "s3cret"));
        assertEquals(Reason.EXECUTABLE_NOT_FOUND, e.reason());
        assertEquals(
                "process 'api' cannot be started: executable 'no-such-tool' was not found in its PATH (2 directories); "
                        + "install it or give its full path",
                e.getMessage());
    }

    @Test
    void executable_pathIsEmptyOrNotThere() {
        // Not even in the current directory, where a file of this name is.
        assumeTrue(Files.isRegularFile(Path.of("pom.xml")));
        String message = "process 'api' cannot be started: executable 'pom.xml' was not found in its PATH "
                + "(which is empty); install it or give its full path";
        ProcessStartException empty = refusal(p -> p.command("pom.xml").environment("PATH", ""));
        ProcessStartException none = refusal(p -> p.command("pom.xml").clearEnvironment());
        assertEquals(message, empty.getMessage());
        assertEquals(message, none.getMessage());
        assertEquals(Reason.EXECUTABLE_NOT_FOUND, empty.reason());
    }

    @Test
    void executable_withoutPermission() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        ProcessStartException e = refusal(p -> p.command(file.toString()));
        assertEquals(Reason.NOT_EXECUTABLE, e.reason());
        assertEquals(
                "process 'api' cannot be started: executable '%1$s' may not be executed; set its execute permission"
                        .formatted(file),
                e.getMessage());
        ProcessStartException inPath = refusal(p -> p.command("file").environment("PATH", directory.toString()));
        assertEquals(Reason.NOT_EXECUTABLE, inPath.reason());
    }

    @Test
    void executable_isADirectory() {
        ProcessStartException e = refusal(p -> p.command(directory.toString()));
        assertEquals(Reason.NOT_EXECUTABLE, e.reason());
        assertEquals(
                "process 'api' cannot be started: executable '%1$s' is a directory; name a file in it"
                        .formatted(directory),
                e.getMessage());
    }

    @Test
    void script_whoseInterpreterIsMissing() throws IOException {
        Path file = executable("tool", "#!/no/such/interpreter -x\n");
        ProcessStartException e = refusal(p -> p.command(file.toString()));
        assertEquals(Reason.NOT_EXECUTABLE, e.reason());
        assertEquals(
                "process 'api' cannot be started: executable '%s' needs '/no/such/interpreter', the interpreter of its #! line, which is not there; install it or correct the line"
                        .formatted(file),
                e.getMessage());
    }

    @Test
    void text_withoutAnInterpreter_isNotHandedToAShell() throws IOException {
        Path script = executable("text", "echo gotcha\n");
        ProcessStartException text = refusal(p -> p.command(script.toString()));
        assertEquals(Reason.NOT_EXECUTABLE, text.reason());
        assertTrue(text.getMessage().contains("is a text without a #! line"), text.getMessage());
        Path nothing = executable("empty", "");
        ProcessStartException empty = refusal(p -> p.command(nothing.toString()));
        assertTrue(empty.getMessage().endsWith("is empty"), empty.getMessage());
    }

    @Test
    void launch_refusedByTheSystem() {
        ProcessStartException e =
                refusal(p -> p.command(shell("exit 0", "x".repeat(5_000_000))).environment("TOKEN", "s3cret"));
        assertEquals(Reason.SPAWN_FAILED, e.reason());
        String message = e.getMessage();
        assertTrue(
                message.startsWith("process 'api' cannot be started: the system refused to launch '/bin/sh': "),
                message);
        assertFalse(message.contains("s3cret") || message.contains("xxxx"), "no secrets, no endless arguments");
    }

    private Path executable(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
