package io.hsu.health;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Messages as bytes, so that a method can be called whose messages nobody here has generated. */
final class RawMessages implements MethodDescriptor.Marshaller<byte[]> {

    private static final RawMessages AS_THEY_ARE = new RawMessages();

    static MethodDescriptor<byte[], byte[]> unary(String method) {
        return MethodDescriptor.newBuilder(AS_THEY_ARE, AS_THEY_ARE)
                .setType(MethodType.UNARY)
                .setFullMethodName(method)
                .build();
    }

    @Override
    public InputStream stream(byte[] message) {
        return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
        try {
            return message.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawMessages() {}
}
