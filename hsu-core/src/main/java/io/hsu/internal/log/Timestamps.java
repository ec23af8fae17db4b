package io.hsu.internal.log;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Times as bytes. */
final class Timestamps {

    private static final int LENGTH = "2026-11-25T09:21:50.123Z".length();
    /** The date and the time to the second are the same for many. */
    private static final int SECOND_END = LENGTH - ".123Z".length();

    /** {@return a time in ISO 8601, to the millisecond; written into the array of an earlier one if that is no longer needed} */
    static byte[] iso(long epochMillis, byte[] reuse) {
        byte[] text = reuse != null ? reuse : new byte[LENGTH];
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(epochMillis, 1000L), 0, ZoneOffset.UTC);
        Arrays.fill(text, (byte) '0');
        put(text, 0, 4, time.getYear());
        text[4] = '-';
        put(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        put(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 2, time.getHour());
        text[13] = ':';
        put(text, 14, 2, time.getMinute());
        text[16] = ':';
        put(text, 17, 2, time.getSecond());
        text[SECOND_END] = '.';
        put(text, SECOND_END + 1, 3, (int) Math.floorMod(epochMillis, 1000L));
        text[LENGTH - 1] = 'Z';
        return text;
    }

    private static void put(byte[] text, int at, int digits, int number) {
        int rest = number;
        for (int index = at + digits - 1; index >= at; index--) {
            text[index] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private Timestamps() {}
}
