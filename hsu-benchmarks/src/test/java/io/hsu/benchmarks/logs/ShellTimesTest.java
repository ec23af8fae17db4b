package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTimesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0m1.250000s 0m0.130000s|1380", // dash
                "0m0.012s 0m0.008s|20", // bash
                "2m3,5s 0m0,5s|124000",
            })
    void sumOfUserAndSystem(String line, long millis) {
        assertEquals(Duration.ofMillis(millis), ShellTimes.parse(line));
    }

    @Test
    void somethingElse() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ShellTimes.parse("cat: broken pipe"));
        assertEquals("there are no two times in: cat: broken pipe", refused.getMessage());
    }
}
