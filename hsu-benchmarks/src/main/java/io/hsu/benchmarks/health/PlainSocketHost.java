package io.hsu.benchmarks.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What no client can do without: one thread that sleeps, writes a request and reads the answer, one check after the other, on
 * connections that are open already. One endpoint that hangs would hold up all checks.
 */
final class PlainSocketHost implements CheckHost {

    private static final int LARGEST_ANSWER = 4096;

    private final List<SocketChannel> connections = new ArrayList<>();
    private final ByteBuffer answer = ByteBuffer.allocateDirect(LARGEST_ANSWER);
    private LastLooks looks;

    @Override
    public void start(Load load, List<URI> targets) throws IOException {
        looks = new LastLooks(load.checks());
        for (URI target : targets) {
            connections.add(SocketChannel.open(new InetSocketAddress(target.getHost(), target.getPort())));
        }
        Thread thread = new Thread(() -> lookForEver(load, targets), "checks");
        thread.setDaemon(true);
        thread.start();
    }

    private void lookForEver(Load load, List<URI> targets) {
        List<ByteBuffer> requests =
                targets.stream().map(PlainSocketHost::request).toList();
        try {
            for (long round = System.nanoTime(); ; round += load.interval().toNanos()) {
                for (int check = 0; check < requests.size(); check++) {
                    TimeUnit.NANOSECONDS.sleep(round + load.place(check).toNanos() - System.nanoTime());
                    long begin = System.nanoTime();
                    looks.ended(check, begin, look(connections.get(check), requests.get(check)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ByteBuffer request(URI target) {
        String text = "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(target.getPath(), target.getAuthority());
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private boolean look(SocketChannel connection, ByteBuffer request) {
        try {
            connection.write(request.duplicate());
            return connection.read(answer.clear()) > 0; // it is small and comes whole
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long[] latencies() {
        return looks.healthy();
    }
}
