package io.hsu.benchmarks.health;

import io.hsu.benchmarks.support.Figures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers health checks in a JVM of its own, so that it does not count: HTTP on many ports, in one thread, each connection
 * kept open. What asks for {@link #HANG} is never answered.
 */
final class EndpointHost {

    static final String HEALTH = "health";
    static final String HANG = "hang";
    static final String COUNTS = "counts";

    static final String ANSWERED = "answered";
    static final String HUNG = "hung";
    static final String CONNECTIONS = "connections";

    /** Checks that come back all at once find room. */
    private static final int BACKLOG = 1024;

    private static final int LARGEST_REQUEST = 4096;

    private final Selector selector = Selector.open();
    private final List<Integer> ports = new ArrayList<>();
    private final ByteBuffer healthy = answer("OK");
    private long answered;
    private long hung;
    private long connections;

    private EndpointHost() throws IOException {}

    /**
     * Answers until it is killed.
     *
     * @param args the file that its ports go to, and how many there shall be
     */
    public static void main(String[] args) throws IOException {
        EndpointHost host = new EndpointHost();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            host.listen();
        }
        Notes.write(Path.of(args[0]), host.ports.stream().map(String::valueOf).collect(Collectors.joining("\n")));
        host.serve();
    }

    /** {@return the ports that a file tells of} */
    static List<Integer> ports(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Integer::valueOf).toList();
    }

    private void listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        ports.add(server.socket().getLocalPort());
    }

    private void serve() throws IOException {
        while (true) {
            selector.select(this::serve);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel());
            } else {
                read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
            }
        } catch (IOException e) {
            key.cancel(); // the client has gone
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        SocketChannel client = server.accept();
        if (client != null) {
            connections++;
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LARGEST_REQUEST));
        }
    }

    private void read(SocketChannel client, ByteBuffer request) throws IOException {
        if (client.read(request) < 0) {
            client.close();
        } else if (isComplete(request)) {
            answer(client, request);
            request.clear();
        }
    }

    /** Nobody sends a body, or a second request before the first is answered. */
    private static boolean isComplete(ByteBuffer request) {
        int end = request.position();
        return end >= 4
                && request.get(end - 4) == '\r'
                && request.get(end - 3) == '\n'
                && request.get(end - 2) == '\r'
                && request.get(end - 1) == '\n';
    }

    private void answer(SocketChannel client, ByteBuffer request) throws IOException {
        if (asksFor(HANG, request)) {
            hung++;
        } else if (asksFor(COUNTS, request)) {
            Figures counts =
                    new Figures().put(ANSWERED, answered).put(HUNG, hung).put(CONNECTIONS, connections);
            client.write(answer(counts.toString()));
        } else {
            answered++;
            client.write(healthy.duplicate()); // an answer is smaller than any socket's buffer
        }
    }

    private static boolean asksFor(String path, ByteBuffer request) {
        byte[] begin = ("GET /" + path).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.wrap(begin).equals(request.duplicate().position(0).limit(begin.length));
    }

    private static ByteBuffer answer(String body) {
        String text = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
