package io.hsu.benchmarks.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTest {

    private final Load load = new Load(Load.Kind.HTTP, 20, Duration.ofSeconds(10), 1, false);

    @Test
    void parse_whatWasHandedOver() {
        assertEquals(load, Load.parse(load.toArguments()));
    }

    @Test
    void perSecond() {
        assertEquals(2, load.perSecond());
        assertEquals(0, new Load(Load.Kind.NONE, 20, Duration.ofSeconds(10), 0, false).perSecond());
    }

    @Test
    void targets_takeTurnsOnThePorts_andTheFirstHang() {
        assertEquals(
                List.of("http://127.0.0.1:1/hang", "http://127.0.0.1:2/health", "http://127.0.0.1:1/health"),
                load.targets(List.of(1, 2)).subList(0, 3).stream()
                        .map(URI::toString)
                        .toList());
    }

    @Test
    void targets_allOnOnePort() {
        Load onePort = new Load(Load.Kind.HTTP, 20, Duration.ofSeconds(10), 0, true);
        assertEquals(
                List.of("http://127.0.0.1:1/health"),
                onePort.targets(List.of(1, 2)).stream()
                        .map(URI::toString)
                        .distinct()
                        .toList());
    }

    @Test
    void firstLooks_areSpreadOverTheInterval_andComeOneByOne() {
        assertEquals(
                IntStream.range(0, 20)
                        .mapToObj(i -> Duration.ofMillis(500L * i))
                        .toList(),
                IntStream.range(0, 20)
                        .mapToObj(load::firstLook)
                        .map(due -> Duration.ofMillis(due.toMillis() % 10_000))
                        .sorted()
                        .toList());
        assertEquals(
                4,
                IntStream.range(0, 20)
                        .mapToObj(load::firstLook)
                        .filter(due -> due.toSeconds() < 10)
                        .count());
    }
}
