package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.report.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** What the rounds of one contender have shown. A round that lost something counts as that, and not for its time. */
final class Takings {

    private final List<Capture.Taken> rounds = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean torn;

    void add(Capture.Taken taken, LineCheck.Result result) {
        result.fault().ifPresentOrElse(faults::add, () -> rounds.add(taken));
        torn |= result.torn() > 0;
    }

    /** {@return what was wrong first} */
    Optional<String> firstFault() {
        return faults.stream().findFirst();
    }

    /** {@return whether everything came, in words} */
    String complete() {
        if (!faults.isEmpty()) {
            return "NOT in %d of %d".formatted(faults.size(), faults.size() + rounds.size());
        }
        return torn ? "lines torn" : "yes";
    }

    /** {@return the middle time} */
    Optional<Double> seconds() {
        return median(Capture.Taken::time);
    }

    /** {@return the middle processor time} */
    Optional<Double> cpuSeconds() {
        return median(Capture.Taken::cpu);
    }

    private Optional<Double> median(Function<Capture.Taken, Duration> time) {
        if (rounds.isEmpty()) {
            return Optional.empty();
        }
        long[] nanos = rounds.stream().map(time).mapToLong(Duration::toNanos).toArray();
        return Optional.of(Samples.of(nanos).median() / 1e3);
    }

    /** {@return the bytes that a round allocates when everything is warm: the mean of the later half} */
    OptionalDouble allocated() {
        return rounds.subList(rounds.size() / 2, rounds.size()).stream()
                .map(Capture.Taken::allocated)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .average();
    }
}
