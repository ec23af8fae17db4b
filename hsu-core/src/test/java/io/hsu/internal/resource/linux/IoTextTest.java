package io.hsu.internal.resource.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IoTextTest {

    private final IoText io = new IoText();

    private void parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        io.parse(bytes, bytes.length);
    }

    private void assertValues(long readBytes, long writtenBytes, long reads, long writes) {
        assertEquals(readBytes, io.readBytes());
        assertEquals(writtenBytes, io.writtenBytes());
        assertEquals(reads, io.reads());
        assertEquals(writes, io.writes());
    }

    @Test
    void fields() {
        parse("""
                rchar: 4292
                wchar: 0
                syscr: 12
                syscw: 13
                read_bytes: 4096
                write_bytes: 8192
                cancelled_write_bytes: 77
                """);
        assertValues(4096, 8192, 12, 13);
    }

    @Test
    void order_doesNotMatter() {
        parse("write_bytes: 2\nsyscw: 4\nnew_field: 99\nread_bytes: 1\nsyscr: 3\n");
        assertValues(1, 2, 3, 4);
    }

    @Test
    void missing_isNotKnown() {
        parse("rchar: 1\nwchar: 2\nsyscr: 3\nread_bytes: x\n");
        assertValues(-1, -1, 3, -1);
        parse("");
        assertValues(-1, -1, -1, -1);
        parse("syscr: 5");
        assertValues(-1, -1, 5, -1);
    }

    @Test
    void hugeValues_areTheLargestThereIs() {
        parse("read_bytes: 18446744073709551615\nwrite_bytes: 9223372036854775807\n");
        assertValues(Long.MAX_VALUE, Long.MAX_VALUE, -1, -1);
    }
}
