package io.hsu.internal.log;

/** UTF-8 (RFC 3629) as it is, without decoding it. */
final class Utf8 {

    /** {@return how many bytes the character has that begins here; 0 if none does} */
    static int length(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > end) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        // Neither longer than need be, nor half of a pair, nor beyond the last character.
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int index = 2; index < length; index++) {
            if ((bytes[at + index] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private Utf8() {}
}
