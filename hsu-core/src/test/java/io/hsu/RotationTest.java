package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationTest {

    private final Rotation rotation = Rotation.ofSize(5000);

    @Test
    void defaults_areTheDocumentedOnes() {
        Rotation defaults = Rotation.defaults();
        assertEquals(Bytes.mib(50), defaults.maxSize());
        assertEquals(10, defaults.maxFiles());
        assertEquals(Optional.empty(), defaults.maxAge());
        assertFalse(defaults.isCompressed());
    }

    @Test
    void ofSize_keepsTenFiles() {
        assertEquals(5000, rotation.maxSize());
        assertEquals(10, rotation.maxFiles());
    }

    @Test
    void none_hasNoBounds() {
        assertEquals(Long.MAX_VALUE, Rotation.none().maxSize());
        assertEquals(Integer.MAX_VALUE, Rotation.none().maxFiles());
        assertEquals(Optional.empty(), Rotation.none().maxAge());
    }

    @Test
    void withers_leaveTheOriginalAlone() {
        Rotation changed =
                rotation.maxSize(6000).maxFiles(0).maxAge(Duration.ofDays(3)).compressed();
        assertEquals(Rotation.ofSize(5000), rotation);
        assertEquals(6000, changed.maxSize());
        assertEquals(0, changed.maxFiles());
        assertEquals(Optional.of(Duration.ofDays(3)), changed.maxAge());
        assertTrue(changed.isCompressed());
    }

    @Test
    void equality_isByEverything() {
        assertEquals(rotation, Rotation.defaults().maxSize(5000));
        assertEquals(rotation.hashCode(), Rotation.defaults().maxSize(5000).hashCode());
        for (Rotation other : List.of(
                rotation.maxSize(5001),
                rotation.maxFiles(1),
                rotation.maxAge(Duration.ofDays(1)),
                rotation.compressed())) {
            assertNotEquals(rotation, other);
        }
    }

    @Test
    void toString_tellsEverything() {
        assertEquals(
                "Rotation[maxSize=5000, maxFiles=10, maxAge=PT1H, compressed=false]",
                rotation.maxAge(Duration.ofHours(1)).toString());
        assertEquals(
                "Rotation[maxSize=unlimited, maxFiles=unlimited, maxAge=null, compressed=false]",
                Rotation.none().toString());
    }

    @Test
    void maxSize_bounds() {
        assertEquals(1024, Rotation.ofSize(1024).maxSize());
        refusesArgument("maxSize must be 1024 bytes or more, but is 1023", () -> Rotation.ofSize(1023));
        refusesArgument("maxSize must be 1024 bytes or more, but is -1", () -> rotation.maxSize(-1));
    }

    @Test
    void maxFiles_wrong() {
        refusesArgument("maxFiles must be 0 or more, but is -1", () -> rotation.maxFiles(-1));
    }

    @Test
    void maxAge_wrong() {
        refusesArgument("maxAge must be above zero, but is 0s", () -> rotation.maxAge(Duration.ZERO));
        refusesArgument("maxAge must be above zero, but is -1s", () -> rotation.maxAge(Duration.ofSeconds(-1)));
        refusesNull("maxAge", () -> rotation.maxAge(null));
    }
}
