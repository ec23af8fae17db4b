package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineCheckTest {

    @TempDir
    private Path directory;

    private final List<Path> files = new ArrayList<>();

    @Test
    void manyLines() throws IOException {
        Path file = directory.resolve("current");
        NumberedLines.write(file, 30_000, '\n'); // more than the buffer takes
        files.add(file);
        assertEquals(new LineCheck.Result(Optional.empty(), 0), check(30_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@400000006b06acee1d98fcfc %s",
                "2026-11-25_09:39:47.19627 %s",
                "2026-11-25T09:21:50.123Z child stdout seq=17 | %s",
                "{\"time\":\"2026-11-25T09:21:50.123Z\",\"sequence\":17,\"message\":\"%s\"}",
            })
    void whatStandsAround(String format) throws IOException {
        write("current", 1, 5, number -> format.formatted(NumberedLines.text(number)));
        assertEquals(Optional.empty(), check(5).fault());
    }

    @Test
    void files_inAnyOrder() throws IOException {
        write("current", 6, 9);
        write("current.1", 4, 5);
        write("current.2", 1, 3);
        assertEquals(new LineCheck.Result(Optional.empty(), 0), check(9));
    }

    @Test
    void torn_betweenFiles() throws IOException {
        String all = lines(1, 6);
        write("current", all.substring(350));
        write("current.1", all.substring(150, 350));
        write("current.2", all.substring(0, 150));
        assertEquals(new LineCheck.Result(Optional.empty(), 2), check(6));
    }

    @Test
    void missing_atTheEnd() throws IOException {
        write("current", 1, 4);
        assertFault("the last line is 4, but must be 5", 5);
    }

    @Test
    void missing_everything() throws IOException {
        assertFault("the last line is 0, but must be 5", 5);
    }

    @Test
    void missing_atTheStart() throws IOException {
        write("current", 2, 5);
        assertFault("in current, behind line 0 stands: #0000000002 GET", 5);
    }

    @Test
    void missing_within() throws IOException {
        write("current.1", 1, 2);
        write("current", 4, 5);
        assertFault("in current, behind line 2 stands: #0000000004 GET", 5);
    }

    @Test
    void twice() throws IOException {
        write("current.1", 1, 3);
        write("current", 3, 5);
        assertFault("in current, behind line 3 stands: #0000000003 GET", 5);
    }

    @Test
    void more() throws IOException {
        write("current", 1, 6);
        assertFault("the last line is 6, but must be 5", 5);
    }

    @Test
    void cut() throws IOException {
        write("current", lines(1, 5).substring(0, 450));
        assertFault("behind line 4 the end is missing: #0000000005 GET", 5);
    }

    @Test
    void otherBytes() throws IOException {
        write("current", lines(1, 5).replace("0000000003 GET", "0000000003 PUT"));
        assertFault("in current, behind line 2 stands: #0000000003 PUT", 5);
    }

    @Test
    void otherLines() throws IOException {
        write("current", lines(1, 2) + "dropped 17 lines\n" + lines(3, 5));
        assertFault("in current, behind line 2 stands: dropped 17 lines", 5);
    }

    private void assertFault(String start, long count) throws IOException {
        String fault = check(count).fault().orElseThrow();
        assertTrue(fault.startsWith(start), fault);
    }

    private LineCheck.Result check(long count) throws IOException {
        return LineCheck.check(files, count);
    }

    private void write(String name, long first, long last) throws IOException {
        write(name, lines(first, last));
    }

    private void write(String name, long first, long last, LongFunction<String> format) throws IOException {
        write(name, lines(first, last, format));
    }

    private void write(String name, String text) throws IOException {
        files.add(Files.writeString(directory.resolve(name), text));
    }

    private static String lines(long first, long last) {
        return lines(first, last, NumberedLines::text);
    }

    private static String lines(long first, long last, LongFunction<String> format) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(number -> format.apply(number) + "\n")
                .collect(Collectors.joining());
    }
}
