package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain command line means what it means to picocli; of all others it is said that they are not plain. */
class PlainCommandLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--config f.yaml",
                "run f.yaml",
                "--config f.yaml --debug --lenient",
                "--debug run f.yaml --lenient",
                "run f.yaml --port 0",
                "--port 65535 --run-duration 60 --config a=b",
                "--config @f --port 8080",
                "--config runner --run-duration 999999999",
            })
    void plain_asPicocliReadsIt(String line) {
        assertEquals(Optional.of(HsuCommandTest.options(line)), PlainCommandLine.read(HsuCommandTest.words(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "--help",
                "--version",
                "f.yaml",
                "run f.yaml g.yaml",
                "run f.yaml --config g.yaml",
                "--config f.yaml run",
                "--config f.yaml --config f.yaml",
                "--config f.yaml --debug --debug",
                "--config --debug",
                "--config",
                "--config run",
                "run run",
                "--config=f.yaml",
                "--config f.yaml --port",
                "--config f.yaml --port 65536",
                "--config f.yaml --port 080",
                "--config f.yaml --port -1",
                "--config f.yaml --run-duration 0",
                "--config f.yaml --run-duration 0.5",
                "--config f.yaml --colour",
                "--debug",
            })
    void other_isLeftToPicocli(String line) {
        assertTrue(PlainCommandLine.read(HsuCommandTest.words(line)).isEmpty());
    }
}
