package io.hsu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessStartException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What exceptions, exits and explanations say to people. */
class MessagesTest {

    @Test
    void notFound_listsTheKnownOnes() {
        assertEquals(
                "process 'x' is not registered; known are api, db",
                new ProcessNotFoundException("x", List.of("api", "db")).getMessage());
        ProcessNotFoundException none = new ProcessNotFoundException("x", List.of());
        assertEquals("process 'x' is not registered; there are none: add it with add(...)", none.getMessage());
        assertEquals(Optional.of("x"), none.processId());
    }

    @Test
    void illegalState_saysWhatIsAllowedOrWhatToDo() {
        IllegalProcessStateException e =
                new IllegalProcessStateException("x", ProcessState.RUNNING, Operation.REMOVE, "");
        assertEquals("process 'x' is RUNNING: cannot remove it; allowed now: stop, restart", e.getMessage());
        assertEquals(ProcessState.RUNNING, e.state());
        assertEquals(Operation.REMOVE, e.operation());
        assertEquals(
                "process 'x' is STOPPING: cannot start it; wait",
                new IllegalProcessStateException("x", ProcessState.STOPPING, Operation.START, "wait").getMessage());
    }

    @Test
    void startFailure_carriesTheLastOutput() {
        List<String> output = new ArrayList<>(List.of("one", "two"));
        IOException cause = new IOException("no");
        ProcessStartException e = new ProcessStartException("x", Reason.EXITED, "it ended", output, cause);
        output.clear();
        assertEquals("it ended; its last output:\n    one\n    two", e.getMessage());
        assertEquals(List.of("one", "two"), e.lastOutput());
        assertEquals(Reason.EXITED, e.reason());
        assertEquals(cause, e.getCause());
        assertEquals(
                "it ended", new ProcessStartException("x", Reason.EXITED, "it ended", List.of(), null).getMessage());
    }

    @Test
    void startFailure_permanentAreTheOnesThatTryingAgainCannotMend() {
        Set<Reason> permanent =
                EnumSet.allOf(Reason.class).stream().filter(Reason::isPermanent).collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        Reason.EXECUTABLE_NOT_FOUND,
                        Reason.NOT_EXECUTABLE,
                        Reason.WORKING_DIRECTORY_NOT_FOUND,
                        Reason.ENVIRONMENT_FILE_UNREADABLE),
                permanent);
    }

    @Test
    void stopFailure_namesTheSurvivors() {
        ProcessStopException e = new ProcessStopException("x", "it would not die", List.of(7L, 8L));
        assertEquals(List.of(7L, 8L), e.survivors());
        assertEquals("it would not die", e.getMessage());
    }

    @Test
    void exceptionOfNoProcess_saysSo() {
        HsuException e = new HsuException("all is lost", null);
        assertEquals(Optional.empty(), e.processId());
        assertNull(e.getCause());
    }

    @Test
    void exceptions_surviveSerialization() throws Exception {
        ProcessStartException start = copy(new ProcessStartException("x", Reason.TIMEOUT, "late", List.of("a"), null));
        assertEquals(List.of(), start.lastOutput());
        assertEquals(Reason.TIMEOUT, start.reason());
        assertEquals(Optional.of("x"), start.processId());
        assertEquals(
                List.of(),
                copy(new ProcessStopException("x", "no", List.of(1L))).survivors());
    }

    @Test
    void exitStatus_inWords() {
        assertEquals("exited with code 3", new ExitStatus.Exited(3).toString());
        assertEquals("killed by signal 9 (KILL)", new ExitStatus.Killed(9).toString());
        assertEquals("killed by signal 11", new ExitStatus.Killed(11).toString());
        Optional<ExitStatus.Breach> breach =
                Optional.of(new ExitStatus.Breach(LimitKind.MEMORY, "out of memory, its limit is 1 MiB"));
        assertEquals(
                "killed by signal 9 (KILL): out of memory, its limit is 1 MiB",
                new ExitStatus.Killed(9, breach).toString());
        assertEquals(
                "exited with code 137; something it had started was killed: out of memory, its limit is 1 MiB",
                new ExitStatus.Exited(137, breach).toString());
        assertEquals("ended with unknown status", new ExitStatus.Unknown().toString());
    }

    @Test
    void signal_byNumber() {
        for (Signal signal : Signal.values()) {
            assertEquals(Optional.of(signal), Signal.ofNumber(signal.number()));
        }
        assertEquals(Optional.empty(), Signal.ofNumber(0));
    }

    @Test
    void dependencyAndStream_inWords() {
        assertEquals("db (healthy)", new Dependency("db", Dependency.Condition.HEALTHY).toString());
        assertEquals("stdout", StreamKind.STDOUT.toString());
        assertEquals("stderr", StreamKind.STDERR.toString());
    }

    @Test
    void explanation_isTheWholeAnswer() {
        Explanation explanation =
                new Explanation("api", ProcessState.FAILED, "it exited", "start it again", List.of("boom", "bye"));
        assertEquals("""
                api is FAILED: it exited
                  next: start it again
                  last output:
                    boom
                    bye""", explanation.toString());
        String silent =
                new Explanation("api", ProcessState.FAILED, "it exited", "start it again", List.of()).toString();
        assertFalse(silent.contains("output"), silent);
        assertTrue(silent.endsWith("next: start it again"), silent);
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
