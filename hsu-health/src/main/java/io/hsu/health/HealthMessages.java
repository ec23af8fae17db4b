package io.hsu.health;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The two messages of {@code grpc.health.v1}, each with its one field, as protobuf writes them.
 *
 * <p>By hand, so that a host application need not have protobuf, or has the version that its own messages are generated for. From
 * JDK 24 on, protobuf's use of {@code sun.misc.Unsafe} is also reported on standard error.
 */
final class HealthMessages {

    private static final int SERVICE = 1 << 3 | 2; // field 1, of a length that follows
    private static final int STATUS = 1 << 3; // field 1, a number

    /** What a server says of a service. */
    enum ServingStatus {
        UNKNOWN,
        SERVING,
        NOT_SERVING,
        SERVICE_UNKNOWN
    }

    /** {@return a {@code HealthCheckRequest}} */
    static byte[] request(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0) {
            return name;
        }
        ByteBuffer message = ByteBuffer.allocate(name.length + 6);
        message.put((byte) SERVICE);
        int length = name.length;
        while (length > 0x7f) {
            message.put((byte) (length | 0x80));
            length >>>= 7;
        }
        message.put((byte) length).put(name).flip();
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return bytes;
    }

    /** {@return what a {@code HealthCheckResponse} says; UNKNOWN if it says nothing, or something that is not known here} */
    static ServingStatus status(byte[] response) {
        boolean one = response.length == 2 && response[0] == STATUS;
        int number = one ? response[1] : 0;
        return number > 0 && number < ServingStatus.values().length
                ? ServingStatus.values()[number]
                : ServingStatus.UNKNOWN;
    }

    private HealthMessages() {}
}
