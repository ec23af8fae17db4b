package io.hsu.benchmarks.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.benchmarks.support.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class EndpointTest {

    private Endpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = new Endpoint(2);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void everyPortAnswers_againAndAgain_butNotWhoAsksForWhatHangs() throws IOException {
        List<Integer> ports = EndpointHost.ports(endpoint.ports());
        assertEquals(2, ports.size());
        for (int port : ports) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                assertEquals("HTTP/1.1 200 OK", ask(socket, EndpointHost.HEALTH));
                assertEquals("HTTP/1.1 200 OK", ask(socket, EndpointHost.HEALTH));
                socket.setSoTimeout(50);
                assertThrows(SocketTimeoutException.class, () -> ask(socket, EndpointHost.HANG));
            }
        }
        Figures counts = endpoint.counts();
        assertEquals(4, counts.get(EndpointHost.ANSWERED));
        assertEquals(2, counts.get(EndpointHost.HUNG));
        assertEquals(3, counts.get(EndpointHost.CONNECTIONS), "two, and the one that asks for this");
    }

    private static String ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write("GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .formatted(path)
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        byte[] bytes = new byte[4096];
        int length = answer.read(bytes);
        return new String(bytes, 0, length, StandardCharsets.US_ASCII)
                .lines()
                .findFirst()
                .orElseThrow();
    }
}
