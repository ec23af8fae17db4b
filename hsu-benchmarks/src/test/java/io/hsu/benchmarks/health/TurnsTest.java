package io.hsu.benchmarks.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.benchmarks.report.Report;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final List<Contender> contenders = Contenders.all(1000);
    private final Turns http =
            new Turns(Contenders.only(List.of("http"), contenders).get(0));
    private final Turns peer = new Turns(
            Contenders.only(List.of(Contenders.HTTP_CLIENT), contenders).get(0));

    @Test
    void middle_ofNothing() {
        assertEquals(Optional.empty(), http.middle());
        assertEquals(Optional.empty(), http.failure());
    }

    @Test
    void middle_byProcessorTime() {
        http.add(taking(30));
        http.add(taking(10));
        http.add(taking(20));
        assertEquals(Optional.of(taking(20)), http.middle());
        assertEquals(10, http.cpuPercent(Comparator.naturalOrder()));
        assertEquals(30, http.cpuPercent(Comparator.reverseOrder()));
    }

    @Test
    void reports_compareWithThePeer() {
        http.add(taking(20));
        peer.add(taking(80));
        Report cost = new HealthReports("Checks", List.of(http, peer)).all().get(0);
        String row = cost.text()
                .lines()
                .filter(line -> line.startsWith("| HSU"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "| HSU, HTTP, every 1 s | 1000 | 999 | 20.0 | 20.0 | 20.0 | 200 | 0.25 | 0.50 | 2.00 |",
                row.replaceAll(" +", " "));
    }

    @Test
    void reports_ofNothing_tellWhy() {
        http.failed("it ended");
        Report cost = new HealthReports("Checks", List.of(http)).all().get(0);
        assertEquals(
                "- HSU, HTTP, every 1 s: it ended",
                cost.text().strip().lines().reduce((first, second) -> second).orElseThrow());
    }

    private static Measurement taking(double cpuPercent) {
        return new Measurement(cpuPercent, "", 1000, 0, 0, 999, 20, 20, 1024, 512, 0.5, 2.0);
    }
}
