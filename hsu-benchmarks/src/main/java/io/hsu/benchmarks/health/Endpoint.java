package io.hsu.benchmarks.health;

import io.hsu.benchmarks.support.Figures;
import io.hsu.benchmarks.support.Installation;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The server that all contenders ask, in a process of its own. */
final class Endpoint implements AutoCloseable {

    private final Session session = new Session();
    private final Path ports = session.directory().resolve("ports");

    /** Starts it, with so many ports. */
    Endpoint(int count) throws IOException, InterruptedException {
        try {
            Process process = session.start(List.of(
                    Contender.JAVA,
                    "-cp",
                    Installation.jar().toString(),
                    EndpointHost.class.getName(),
                    ports.toString(),
                    Integer.toString(count)));
            Notes.await(ports, process, session);
        } catch (IOException | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** {@return the file that tells its ports} */
    Path ports() {
        return ports;
    }

    /** {@return what it has counted so far: {@link EndpointHost#ANSWERED} and others} */
    Figures counts() throws IOException {
        URI counts = URI.create(
                "http://127.0.0.1:%d/%s".formatted(EndpointHost.ports(ports).get(0), EndpointHost.COUNTS));
        try (InputStream answer = counts.toURL().openStream()) {
            return Figures.parse(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
