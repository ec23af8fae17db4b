package io.hsu.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.SocketFactory;

/** A Unix domain socket as the HTTP client knows sockets, which the JDK's own are not: what the client needs, and no more. */
final class UnixSocket extends Socket {

    private final UnixDomainSocketAddress address;
    private final SocketChannel channel;
    private volatile int timeout;

    private UnixSocket(UnixDomainSocketAddress address) throws IOException {
        this.address = address;
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /** Wherever the client thinks it connects to, there is one place. */
    @Override
    public void connect(SocketAddress ignored, int noTimeout) throws IOException {
        channel.connect(address);
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer into = ByteBuffer.wrap(bytes, offset, length);
                return timeout == 0 ? channel.read(into) : readWhatIsThere(into);
            }
        };
    }

    /** A timeout is set only to see, for a millisecond, whether an idle connection still lives. */
    private int readWhatIsThere(ByteBuffer into) throws IOException {
        channel.configureBlocking(false);
        try {
            int read = channel.read(into);
            if (read == 0) {
                throw new SocketTimeoutException("nothing to read");
            }
            return read;
        } finally {
            channel.configureBlocking(true);
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
                while (from.hasRemaining()) {
                    channel.write(from);
                }
            }
        };
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
        timeout = millis;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeout;
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Whoever reads or writes is told. */
    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    /** Makes sockets that all connect to one path. */
    static final class Factory extends SocketFactory {
        private final UnixDomainSocketAddress address;

        Factory(Path path) {
            this.address = UnixDomainSocketAddress.of(path);
        }

        @Override
        public Socket createSocket() throws IOException {
            return new UnixSocket(address);
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("a Unix socket is connected when it has been made");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket(host.getHostName(), port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            return createSocket(host, port);
        }
    }
}
