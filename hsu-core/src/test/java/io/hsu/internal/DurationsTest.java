package io.hsu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT0.0025S, 2.5ms",
        "PT0.000001S, 0.001ms",
        "PT1S, 1s",
        "PT2.5S, 2.5s",
        "PT2.05S, 2.05s",
        "PT59.999S, 59.999s",
        "PT1M, 1m",
        "PT90S, 1m30s",
        "PT1H30M, 1h30m",
        "PT24H, 1d",
        "PT49H0.5S, 2d1h0.5s",
        "PT-2S, -2s",
        "PT-0.25S, -250ms"
    })
    void text(Duration duration, String text) {
        assertEquals(text, Durations.text(duration));
    }

    @ParameterizedTest
    @CsvSource({"PT0.9999999S, 999.999ms", "PT59.9999S, 59.999s", "PT1M59.9996S, 1m59.999s", "PT1M0.0009S, 1m"})
    void text_cutsWhatNobodyReads(Duration duration, String text) {
        assertEquals(text, Durations.text(duration));
    }

    @Test
    void text_longest() {
        assertEquals("106751991167300d15h30m7.999s", Durations.text(ChronoUnit.FOREVER.getDuration()));
    }

    @Test
    void text_nearlyNothingIsNotNothing() {
        assertEquals("0.001ms", Durations.text(Duration.ofNanos(1)));
        assertEquals("-0.001ms", Durations.text(Duration.ofNanos(-1)));
    }

    @Test
    void text_isTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals("2.5s", Durations.text(Duration.ofMillis(2500)));
            assertEquals("1h", Durations.text(Duration.ofHours(1)));
        } finally {
            Locale.setDefault(before);
        }
    }
}
