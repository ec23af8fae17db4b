package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberedLinesTest {

    @TempDir
    private Path directory;

    @Test
    void text_hasTheLengthWithItsEnd() {
        assertEquals(NumberedLines.LENGTH, NumberedLines.text(1).length() + 1);
        assertTrue(NumberedLines.text(12_345).startsWith("#0000012345 GET "), NumberedLines.text(12_345));
    }

    @Test
    void write_moreThanOneChunk() throws IOException {
        Path file = directory.resolve("lines");
        NumberedLines.write(file, 10_003, '\n');
        List<String> lines = Files.readAllLines(file);
        assertEquals(10_003, lines.size());
        assertEquals(NumberedLines.text(1), lines.get(0));
        assertEquals(NumberedLines.text(10_003), lines.get(10_002));
    }

    @Test
    void write_oneLine() throws IOException {
        Path file = directory.resolve("line");
        NumberedLines.write(file, 3, ' ');
        assertEquals(300, Files.size(file));
        assertFalse(Files.readString(file).contains("\n"));
    }

    @Test
    void input_isGoneInTheEnd() throws IOException {
        Path file;
        try (Input input = Input.prepare(NumberedLines.in(1099), '\n')) {
            file = input.file();
            assertEquals(10, input.lines());
            assertEquals(input.bytes(), Files.size(file));
        }
        assertFalse(Files.exists(file));
    }
}
