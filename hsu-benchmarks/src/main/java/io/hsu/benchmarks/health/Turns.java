package io.hsu.benchmarks.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was seen of one contender in all of its turns. */
final class Turns {

    private final Contender contender;
    private final List<Measurement> measurements = new ArrayList<>();
    private String failure;

    Turns(Contender contender) {
        this.contender = contender;
    }

    Contender contender() {
        return contender;
    }

    void add(Measurement measurement) {
        measurements.add(measurement);
        measurements.sort(Comparator.comparing(Measurement::cpuPercent));
    }

    /** Notes that a turn could not be measured. */
    void failed(String why) {
        failure = why;
    }

    /** {@return the turn with the middle processor time; nothing if there is none} */
    Optional<Measurement> middle() {
        return measurements.isEmpty() ? Optional.empty() : Optional.of(measurements.get((measurements.size() - 1) / 2));
    }

    /** {@return the processor time that is the first in an order} */
    Double cpuPercent(Comparator<Double> order) {
        return measurements.stream().map(Measurement::cpuPercent).min(order).orElse(null);
    }

    /** {@return why the last one that could not be measured could not} */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }
}
