package io.hsu.internal.launch.linux;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.ExitStatus;
import io.hsu.ResourceUsage;
import io.hsu.StreamKind;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.linux.Layout;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.linux.Reactor;
import io.hsu.testkit.ManualTime;
import io.hsu.testkit.NotifyingChild;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What cannot be shown with a whole manager: the order in which messages are taken, and what happens when that fails. */
@EnabledOnOs(OS.LINUX)
class NotifyWatchTest {

    private static final String MARK = "test-" + ProcessHandle.current().pid();

    private final List<String> heard = new ArrayList<>();
    private RuntimeException failure;
    private Reactor reactor;
    private NotifyWatch watch;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
        reactor = new Reactor(Layout.ofThisSystem(), new ManualTime(), Thread::new);
        watch = new NotifyWatch(reactor, MARK, new Listener());
    }

    @AfterEach
    void close() {
        watch.close();
        reactor.close();
    }

    private static void say(String text) {
        NotifyingChild.say("@hsu-notify-" + MARK, text);
    }

    private final class Listener implements LaunchListener {
        @Override
        public Runnable notified(String message) {
            if (failure != null) {
                throw failure;
            }
            heard.add(message);
            return () -> heard.add("what follows from " + message);
        }

        @Override
        public CompletableFuture<Void> output(StreamKind stream, ByteBuffer bytes, Runnable whenTaken) {
            throw new AssertionError();
        }

        @Override
        public void outputEnded(StreamKind stream) {}

        @Override
        public void exited(ExitStatus status, ResourceUsage usage) {}
    }

    @Test
    void messages_areTakenInTheirOrder_beforeAnythingFollowsFromThem() {
        say("READY=1");
        say("RELOADING=1");
        watch.ready(null);
        assertEquals(
                List.of("READY=1", "RELOADING=1", "what follows from READY=1", "what follows from RELOADING=1"),
                heard,
                "a thread that is relieved in between has taken all that it has read");
    }

    @Test
    void end_withLastWordsThatFail_isAnEndAllTheSame() {
        failure = new IllegalStateException("broken");
        say("READY=1");
        assertDoesNotThrow(watch::end, "the exit of the process would not be told");
        assertThrows(IllegalStateException.class, () -> say("READY=1"), "the socket is closed");
    }

    @Test
    void whatIsPassedOver_isToldOnce() {
        Logger logger = Logger.getLogger(NotifyWatch.class.getName());
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                told.add(logged.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            say("x".repeat(10_000));
            say("x".repeat(10_000));
            say("READY=1");
            watch.ready(null);
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(
                List.of(
                        "pid 0: a notification was passed over: it is longer than 8192 bytes; told once for each launch"),
                told);
        assertEquals(List.of("READY=1", "what follows from READY=1"), heard);
    }
}
