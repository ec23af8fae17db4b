package io.hsu.examples.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A small web service in one file: {@code java WebService.java PORT SICK_AFTER_SECONDS}. Its {@code /health} answers 200
 * at first and 503 once it has been up for so long, as a service does that has run out of something.
 */
public final class WebService {

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        Instant sickAt = Instant.now().plus(Duration.ofSeconds(Long.parseLong(args[1])));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health", exchange -> {
            boolean sick = Instant.now().isAfter(sickAt);
            byte[] body = (sick ? "no connections left in the pool" : "fine").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(sick ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println("listening on port " + port);
    }

    private WebService() {}
}
