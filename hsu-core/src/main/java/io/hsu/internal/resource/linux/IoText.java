package io.hsu.internal.resource.linux;

/**
 * What stands in {@code /proc/<pid>/io} (proc_pid_io(5)), read from the bytes as they come: bytes as storage has to do with them,
 * and calls that read and write whatever. Each counts what the children did that the process has waited for.
 */
final class IoText {

    private static final int READ_BYTES = "read_bytes".length();
    private static final int WRITE_BYTES = "write_bytes".length();
    private static final int CALLS = "syscr".length();

    private final Digits digits = new Digits();
    private long readBytes;
    private long writtenBytes;
    private long reads;
    private long writes;

    /** Reads a text. What is missing in it is -1. */
    void parse(byte[] text, int length) {
        readBytes = -1;
        writtenBytes = -1;
        reads = -1;
        writes = -1;
        int line = 0;
        while (line < length) {
            int colon = line;
            while (colon < length && text[colon] != ':') {
                colon++;
            }
            int end = colon;
            while (end < length && text[end] != '\n') {
                end++;
            }
            digits.begin(text, colon, end);
            if (digits.hasNext()) {
                field(text, line, colon - line, digits.next());
            }
            line = end + 1;
        }
    }

    private void field(byte[] text, int start, int length, long value) {
        byte first = text[start];
        if (length == READ_BYTES && first == 'r') {
            readBytes = value;
        } else if (length == WRITE_BYTES && first == 'w') {
            writtenBytes = value;
        } else if (length == CALLS && first == 's') {
            if (text[start + length - 1] == 'r') {
                reads = value;
            } else {
                writes = value;
            }
        }
    }

    long readBytes() {
        return readBytes;
    }

    long writtenBytes() {
        return writtenBytes;
    }

    long reads() {
        return reads;
    }

    long writes() {
        return writes;
    }
}
