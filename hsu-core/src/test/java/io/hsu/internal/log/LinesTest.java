package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LinesTest {

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
        Lines cutter = new Lines((text, split) -> lines.add(text));
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
        Lines cutter = new Lines((text, split) -> lines.add(text));
        feed(cutter, new byte[] {'a', (byte) 0xFF, 'b', '\n', (byte) 0xC3, '\n', 'c', '\n'});
        assertEquals(List.of("a\uFFFDb", "\uFFFD", "c"), lines);
    }

    @Test
    void limit_lineOfExactlyTheLimitIsWhole() {
        assertEquals(List.of(line(Lines.LIMIT, false), line(1, false)), cutLines("x".repeat(Lines.LIMIT) + "\nx\n"));
    }

    @Test
    void limit_longerLineIsSplitAndMarked() {
        assertEquals(
                List.of(line(Lines.LIMIT, true), line(Lines.LIMIT, true), line(5, false), line(1, false)),
                cutLines("x".repeat(2 * Lines.LIMIT + 5) + "\nx\n"));
    }

    @Test
    void limit_longerLastLineIsSplitToo() {
        assertEquals(List.of(line(Lines.LIMIT, true), line(1, false)), cutLines("x".repeat(Lines.LIMIT + 1)));
    }

    @Test
    void limit_noCharacterIsCutInTwo() {
        String text = "x" + "ä€😀".repeat(30_000);
        List<String> pieces = cut(text + "\n");
        assertEquals(text, String.join("", pieces));
        assertTrue(
                pieces.stream().allMatch(piece -> bytes(piece).length <= Lines.LIMIT),
                "no piece is longer than the limit");
    }

    @Test
    void limit_bytesThatLookLikeTheMiddleOfACharacterForeverEndToo() {
        List<Integer> lengths = new ArrayList<>();
        Lines cutter = new Lines((text, split) -> lengths.add(text.length()));
        byte[] middle = new byte[Lines.LIMIT + 10];
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
        Lines atOnce = new Lines((text, split) -> whole.add(split + text));
        feed(atOnce, bytes);
        atOnce.finish();

        List<String> pieces = new ArrayList<>();
        Lines piecewise = new Lines((text, split) -> pieces.add(split + text));
        int longest = 1 + random.nextInt(repetition.getCurrentRepetition() % 2 == 0 ? 5 : 100_000);
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, random.nextInt(longest + 1));
            piecewise.feed(bytes, at, count);
            at += count;
        }
        piecewise.finish();

        assertEquals(whole, pieces, "seed " + repetition.getCurrentRepetition());
    }

    private static byte[] randomOutput(Random random) {
        StringBuilder text = new StringBuilder();
        String[] ends = {"\n", "\r\n", "\n\n", "\r", "\0", "ä", "😀", ""};
        for (int count = random.nextInt(40); count >= 0; count--) {
            int length = random.nextInt(20) == 0 ? Lines.LIMIT - 2 + random.nextInt(5) : random.nextInt(100);
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
        Lines cutter = new Lines((line, split) -> lines.add(line(line.length(), split)));
        feed(cutter, bytes(text));
        cutter.finish();
        return lines;
    }

    private static List<String> cut(String text) {
        List<String> lines = new ArrayList<>();
        Lines cutter = new Lines((line, split) -> lines.add(line));
        feed(cutter, bytes(text));
        cutter.finish();
        return lines;
    }

    private static void feed(Lines cutter, byte[] bytes) {
        cutter.feed(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
