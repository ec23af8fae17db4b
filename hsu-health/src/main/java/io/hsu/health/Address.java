package io.hsu.health;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65535
 */
record Address(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):(\\d{1,5})");

    /** Reads {@code localhost:50051}, {@code [::1]:50051}. */
    static Address parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            String host = form.group(1) == null ? form.group(2) : form.group(1);
            int port = Integer.parseInt(form.group(3));
            if (port >= 1 && port <= 65535 && (form.group(1) == null ? isName(host) : isIpV6(host))) {
                return new Address(host, port);
            }
        }
        throw new IllegalArgumentException(
                "address '%s' is not allowed; it must be host:port, such as localhost:50051 or [::1]:50051"
                        .formatted(text));
    }

    /** {@return whether it is the name of a host by RFC 3986, which is what gRPC takes, or an address of IPv4} */
    static boolean isName(String host) {
        return host.equals(read(host));
    }

    private static boolean isIpV6(String host) {
        return ("[" + host + "]").equals(read(host));
    }

    private static String read(String host) {
        try {
            return new URI(null, null, host, 1, null, null, null).getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
