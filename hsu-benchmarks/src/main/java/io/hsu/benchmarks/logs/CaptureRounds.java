package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lets contenders take turns, so that whatever else the machine does hits all alike, in an order that is chance in each
 * round. Each turn has a directory of its own, and nothing is left of it for the next one.
 */
final class CaptureRounds {

    private final Path parent;
    private final List<Capture> captures;
    private final Map<Capture, String> dropouts = new LinkedHashMap<>();
    private final Random chance = new Random(1);

    /** @param parent where directories of turns are made */
    CaptureRounds(Path parent, List<Capture> captures) {
        this.parent = parent;
        this.captures = new ArrayList<>(captures);
    }

    /** {@return what so many rounds have shown, of those that have got through all of them} */
    Map<Capture, Takings> run(Input input, int rounds) throws IOException, InterruptedException {
        Map<Capture, Takings> takings = new LinkedHashMap<>();
        captures.forEach(capture -> takings.put(capture, new Takings()));
        for (int i = 0; i < rounds; i++) {
            List<Capture> order = new ArrayList<>(captures);
            Collections.shuffle(order, chance);
            for (Capture capture : order) {
                try {
                    turn(capture, input, takings.get(capture));
                } catch (CannotMeasureException e) {
                    dropouts.put(capture, e.getMessage());
                    captures.remove(capture);
                }
            }
        }
        takings.keySet().retainAll(captures);
        return takings;
    }

    private void turn(Capture capture, Input input, Takings takings) throws IOException, InterruptedException {
        try (Session session = new Session(parent)) {
            LogFiles logs =
                    new LogFiles(Files.createDirectory(session.directory().resolve("logs")));
            Capture.Taken taken = capture.capture(session, input, logs);
            takings.add(taken, LineCheck.check(logs.all(), input.lines()));
        }
    }

    /** {@return why some did not} */
    Map<Capture, String> dropouts() {
        return Collections.unmodifiableMap(dropouts);
    }
}
