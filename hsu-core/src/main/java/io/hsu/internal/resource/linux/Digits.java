package io.hsu.internal.resource.linux;

/** A place in a text of numbers, as the kernel writes them. */
final class Digits {

    private byte[] text;
    private int at;
    private int end;

    /** Goes to a place of a text. */
    void begin(byte[] newText, int from, int to) {
        text = newText;
        at = from;
        end = to;
    }

    /** {@return whether there is another number} The place is then before its first digit. */
    boolean hasNext() {
        while (at < end && !isDigit(text[at])) {
            at++;
        }
        return at < end;
    }

    /** {@return the number here; the largest there is, if it is larger} A minus before it does not count. */
    long next() {
        long number = 0;
        while (at < end && isDigit(text[at])) {
            int digit = text[at++] - '0';
            boolean fits = number < Long.MAX_VALUE / 10;
            number = fits ? number * 10 + digit : Long.MAX_VALUE;
        }
        return number;
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }
}
