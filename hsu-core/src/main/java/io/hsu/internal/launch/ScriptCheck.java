package io.hsu.internal.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks into an executable for what the system would refuse to run. A script whose interpreter is missing would otherwise be
 * told as a missing script, and a text without {@code #!} be handed to a shell (execvp(3)), which nobody has asked for.
 */
final class ScriptCheck {

    /** What Linux reads of a file to see how to run it. */
    private static final int HEAD = 256;

    /** {@return what keeps a file from being run, and what to do} */
    static Optional<String> problem(Path file) {
        if (OperatingSystem.WINDOWS) {
            return Optional.empty();
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        } catch (IOException e) {
            return Optional.empty(); // it may be executed and not read: the system is to say
        }
        if (head.length == 0) {
            return Optional.of("is empty");
        }
        if (head.length > 2 && head[0] == '#' && head[1] == '!') {
            return missingInterpreter(new String(head, 2, head.length - 2, StandardCharsets.UTF_8));
        }
        return isText(head)
                ? Optional.of("is a text without a #! line, which says what is to run it; add one")
                : Optional.empty();
    }

    private static Optional<String> missingInterpreter(String afterMagic) {
        String line = afterMagic.lines().findFirst().orElse("").strip();
        String interpreter = line.split("\\s", 2)[0];
        if (interpreter.isEmpty()) {
            return Optional.of("has a #! line that names no interpreter; correct it");
        }
        return Files.isExecutable(Path.of(interpreter))
                ? Optional.empty()
                : Optional.of(
                        "needs '%s', the interpreter of its #! line, which is not there; install it or correct the line"
                                .formatted(interpreter));
    }

    /** No binary format does without a zero in its head. */
    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    private ScriptCheck() {}
}
