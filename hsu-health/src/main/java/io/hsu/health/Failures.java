package io.hsu.health;

import io.hsu.spi.HealthResult;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why there was no answer, in words. */
final class Failures {

    private static final int MOST_SAID = 300;

    static HealthResult unhealthy(String url, IOException e) {
        return HealthResult.unhealthy("no answer from %s: %s".formatted(url, words(e)));
    }

    static String words(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof EOFException) {
            return "the connection was closed in the middle of it";
        }
        if (root instanceof UnknownHostException) {
            return "the host is unknown";
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : oneLine(root.getMessage());
        // Both go on with what was received instead, in hexadecimal.
        if (message.startsWith("First received frame was not SETTINGS")) {
            return "it does not speak gRPC";
        }
        if (message.startsWith("Unexpected status line")) {
            return "it does not speak HTTP"; // what it has said instead may be what it was sent
        }
        if (message.startsWith("not an SSL/TLS record")) {
            return "TLS failed: it does not speak TLS";
        }
        if (e instanceof SSLException) {
            return "TLS failed: " + message;
        }
        // The operating system's word, such as "Connection refused"; a client's has the address in it once more.
        return root instanceof SocketException || message.startsWith("Connection ")
                ? message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)
                : message;
    }

    /** {@return what somebody else has written, cut short if need be} */
    static String oneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= MOST_SAID ? line : line.substring(0, MOST_SAID) + "...";
    }

    private Failures() {}
}
