package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.OutputSpec;
import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LineCutterTest {

    private static final int LIMIT = 64 * 1024;
    private static final Origin ORIGIN =
            new Origin("api", StreamKind.STDOUT, OutputSpec.builder().build());

    /** Hands on lines one by one. */
    private static final class Fed {
        private final LineCutter cutter = new LineCutter(LIMIT);
        private final LineTable table = new LineTable();
        private final BiConsumer<String, Boolean> consumer;

        Fed(BiConsumer<String, Boolean> consumer) {
            this.consumer = consumer;
        }

        void feed(byte[] bytes, int offset, int count) {
            table.begin(null, 1, Instant.EPOCH);
            cutter.cut(ByteBuffer.wrap(bytes, offset, count), table);
            handOn();
        }

        void finish() {
            table.begin(null, 1, Instant.EPOCH);
            cutter.finish(table);
            handOn();
        }

        private void handOn() {
            for (int index = 0; index < table.count(); index++) {
                consumer.accept(table.text(index), table.isSplit(index));
            }
        }
    }

    @Test
    void lines_endWithLfOrCrLf() {
        assertEquals(List.of("one", "two", "", "three"), cut("one\ntwo\r\n\nthree\n"));
    }

    @Test
    void carriageReturn_insideALineStays() {
        assertEquals(List.of("10%\r20%", "\r"), cut("10%\r20%\n\r\r\n"));
    }

    @Test
    void lastLine_withoutEndIsHandedOnByFinish() {
        assertEquals(List.of("one", "two"), cut("one\ntwo"));
        assertEquals(List.of("one"), cut("one\n"));
        assertEquals(List.of("one"), cut("one\r"));
        assertEquals(List.of(), cut(""));
    }

    @Test
    void finish_twiceHandsOnOnce() {
        List<String> lines = new ArrayList<>();
        Fed cutter = new Fed((text, split) -> lines.add(text));
        feed(cutter, bytes("one"));
        cutter.finish();
        cutter.finish();
        feed(cutter, bytes("two"));
        cutter.finish();
        assertEquals(List.of("one", "two"), lines);
    }

    @Test
    void nul_isAByteLikeAnyOther() {
        assertEquals(List.of("a\0b", "\0"), cut("a\0b\n\0\n"));
    }

    @Test
    void invalidUtf8_standsAsReplacementAndHarmsNothingElse() {
        List<String> lines = new ArrayList<>();
        Fed cutter = new Fed((text, split) -> lines.add(text));
        feed(cutter, new byte[] {'a', (byte) 0xFF, 'b', '\n', (byte) 0xC3, '\n', 'c', '\n'});
        assertEquals(List.of("a\uFFFDb", "\uFFFD", "c"), lines);
    }

    @Test
    void limit_lineOfExactlyTheLimitIsWhole() {
        assertEquals(List.of(line(LIMIT, false), line(1, false)), cutLines("x".repeat(LIMIT) + "\nx\n"));
    }

    @Test
    void limit_longerLineIsSplitAndMarked() {
        assertEquals(
                List.of(line(LIMIT, true), line(LIMIT, true), line(5, false), line(1, false)),
                cutLines("x".repeat(2 * LIMIT + 5) + "\nx\n"));
    }

    @Test
    void limit_longerLastLineIsSplitToo() {
        assertEquals(List.of(line(LIMIT, true), line(1, false)), cutLines("x".repeat(LIMIT + 1)));
    }

    @Test
    void limit_noCharacterIsCutInTwo() {
        String text = "x" + "ä€😀".repeat(30_000);
        List<String> pieces = cut(text + "\n");
        assertEquals(text, String.join("", pieces));
        assertTrue(
                pieces.stream().allMatch(piece -> bytes(piece).length <= LIMIT), "no piece is longer than the limit");
    }

    @Test
    void limit_bytesThatLookLikeTheMiddleOfACharacterForeverEndToo() {
        List<Integer> lengths = new ArrayList<>();
        Fed cutter = new Fed((text, split) -> lengths.add(text.length()));
        byte[] middle = new byte[LIMIT + 10];
        java.util.Arrays.fill(middle, (byte) 0x80);
        feed(cutter, middle);
        cutter.finish();
        assertEquals(middle.length, lengths.stream().mapToInt(Integer::intValue).sum());
    }

    /** However the bytes come in, the lines are the same. */
    @RepeatedTest(50)
    void chunks_doNotMatter(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] bytes = randomOutput(random);
        List<String> whole = new ArrayList<>();
        Fed atOnce = new Fed((text, split) -> whole.add(split + text));
        feed(atOnce, bytes);
        atOnce.finish();

        List<String> pieces = new ArrayList<>();
        Fed piecewise = new Fed((text, split) -> pieces.add(split + text));
        int longest = 1 + random.nextInt(repetition.getCurrentRepetition() % 2 == 0 ? 5 : 100_000);
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, random.nextInt(longest + 1));
            piecewise.feed(bytes, at, count);
            at += count;
        }
        piecewise.finish();

        assertEquals(whole, pieces, "seed " + repetition.getCurrentRepetition());
    }

    /** Whoever wants the last lines only gets the same as whoever takes the last of all. */
    @RepeatedTest(30)
    void cutLast_isTheEndOfCut(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder text = new StringBuilder();
        while (text.length() < 200_000) {
            text.append("z".repeat(random.nextInt(120))).append(random.nextInt(3000) == 0 ? "" : "\n");
        }
        byte[] bytes = bytes(text.toString());
        LineCutter all = new LineCutter(1000);
        LineCutter last = new LineCutter(1000);
        Ring wanted = new Ring(50);
        Ring got = new Ring(50);
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, random.nextInt(90_000));
            ByteBuffer chunk = ByteBuffer.wrap(bytes, at, count);
            LineTable table = new LineTable();
            table.begin(ORIGIN, 1, Instant.EPOCH);
            all.cut(chunk, table);
            wanted.addAll(table);
            table.begin(ORIGIN, 1, Instant.EPOCH);
            last.cutLast(random.nextBoolean() ? chunk : chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN), 50, table);
            got.addAll(table);
            at += count;
            assertEquals(wanted.tail(100), got.tail(100), () -> "seed " + repetition.getCurrentRepetition());
            assertEquals(all.unfinished(), last.unfinished());
        }
    }

    private static byte[] randomOutput(Random random) {
        StringBuilder text = new StringBuilder();
        String[] ends = {"\n", "\r\n", "\n\n", "\r", "\0", "ä", "😀", ""};
        for (int count = random.nextInt(40); count >= 0; count--) {
            int length = random.nextInt(20) == 0 ? LIMIT - 2 + random.nextInt(5) : random.nextInt(100);
            text.append("y".repeat(length)).append(ends[random.nextInt(ends.length)]);
        }
        byte[] bytes = bytes(text.toString());
        for (int count = random.nextInt(5); count > 0 && bytes.length > 0; count--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static String line(int length, boolean split) {
        return length + (split ? " split" : "");
    }

    private static List<String> cutLines(String text) {
        List<String> lines = new ArrayList<>();
        Fed cutter = new Fed((line, split) -> lines.add(line(line.length(), split)));
        feed(cutter, bytes(text));
        cutter.finish();
        return lines;
    }

    private static List<String> cut(String text) {
        List<String> lines = new ArrayList<>();
        Fed cutter = new Fed((line, split) -> lines.add(line));
        feed(cutter, bytes(text));
        cutter.finish();
        return lines;
    }

    private static void feed(Fed cutter, byte[] bytes) {
        cutter.feed(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
