package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.hsu.ProcessManager;
import io.hsu.ProcessStopException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The manager is closed, and nothing waits for it forever. */
@Timeout(30)
class RescueTest {

    private final ProcessManager manager = mock(ProcessManager.class);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void close_closesTheManager() {
        rescue(Duration.ofSeconds(20)).close();

        verify(manager).close();
        assertEquals("", said());
    }

    @Test
    void close_ofAManagerThatHangs_endsInTime() {
        CountDownLatch never = new CountDownLatch(1);
        doAnswer(call -> {
                    never.await();
                    return null;
                })
                .when(manager)
                .close();

        rescue(Duration.ofMillis(50)).close();

        assertEquals(
                "hsu: the manager did not come to an end within 0.05s; some processes may be left: look for them, and end them",
                said());
        never.countDown();
    }

    @Test
    void close_tellsWhatIsLeft() {
        doThrow(new ProcessStopException("api", "process 'api' lives on", List.of(7L)))
                .when(manager)
                .close();

        rescue(Duration.ofSeconds(20)).close();

        assertEquals("hsu: process 'api' lives on", said());
    }

    private Rescue rescue(Duration most) {
        return new Rescue(manager, most, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }
}
