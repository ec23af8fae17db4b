package io.hsu.health;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A URL, which may leave its port to be known with each launch: {@code http://localhost:{port}/health}. It can be shown: without
 * user, password and query, which hold secrets.
 *
 * @param http the URL; if its port is to be known, with another one
 * @param atAllocatedPort whether it is
 */
record Url(HttpUrl http, boolean atAllocatedPort) {

    private static final Pattern SCHEME = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern QUERY = Pattern.compile("[?#]");

    private static final String PORT = ":{port}";
    /** The default of no scheme, so that it is always shown. */
    private static final int ANY_PORT = 1;

    static Url parse(String text) {
        int port = indexOfPort(text);
        String whole =
                port < 0 ? text : text.substring(0, port) + ":" + ANY_PORT + text.substring(port + PORT.length());
        // The scheme by itself first: the parser would read "http:host" as it reads "http://host".
        HttpUrl url = SCHEME.matcher(whole).matches() ? HttpUrl.parse(whole) : null;
        if (url != null && text.indexOf("{port}", port + PORT.length()) >= 0) {
            throw new IllegalArgumentException(
                    "url '%s' is not allowed; {port} can stand for the port only, as in http://localhost:{port}/health"
                            .formatted(masked(text)));
        }
        if (url == null) {
            throw new IllegalArgumentException(
                    "url '%s' is not allowed; it must be absolute, with scheme http or https, such as http://localhost:8080/health"
                            .formatted(masked(text)));
        }
        return new Url(url, port >= 0);
    }

    /** {@return where the port is left open; -1 if it is not} */
    private static int indexOfPort(String text) {
        int host = endOfScheme(text);
        int end = host;
        while (end < text.length() && "/?#\\".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        int port = end - PORT.length();
        return port > host && text.startsWith(PORT, port) ? port : -1;
    }

    /** {@return the URL with that port} */
    Url at(int port) {
        return new Url(http.newBuilder().port(port).build(), false);
    }

    String shown() {
        String text = http.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build()
                .toString();
        return atAllocatedPort ? text.replaceFirst(":" + ANY_PORT + "/", PORT + "/") : text;
    }

    /** What is no URL cannot be taken apart: where it may hold a password, only its beginning is shown. */
    private static String masked(String text) {
        int secret = text.indexOf('@') >= 0 ? endOfScheme(text) : indexOfQuery(text);
        return secret < text.length() ? text.substring(0, secret) + "***" : text;
    }

    private static int endOfScheme(String text) {
        int slashes = text.indexOf("//");
        return slashes < 0 ? 0 : slashes + 2;
    }

    private static int indexOfQuery(String text) {
        Matcher query = QUERY.matcher(text);
        return query.find() ? query.end() : text.length();
    }
}
