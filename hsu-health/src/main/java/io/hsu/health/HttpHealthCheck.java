package io.hsu.health;

import io.hsu.ProcessKind;
import io.hsu.ProcessSpec;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * An HTTP request is answered as expected. Immutable, and safe for use by many threads.
 *
 * <pre>{@code
 * HttpHealthCheck.get("http://localhost:8080/health")
 *         .header("Authorization", "Bearer " + token)
 *         .expectBody("\"status\": *\"UP\"")
 * }</pre>
 *
 * <p>Defaults: method GET, any status from 200 to 399, any body. Redirects are not followed: they are answers. A user and
 * password in the URL are sent as basic authentication. Proxies are passed by, since what is asked is whether the process
 * answers. Connections are kept open between looks.
 *
 * <p>Header values, and user, password and query of the URL, appear in no message and no {@link #toString}.
 */
public final class HttpHealthCheck implements HealthCheck {

    private static final Set<String> METHODS = Collections.unmodifiableSet(
            new TreeSet<>(List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")));
    private static final Set<String> METHODS_WITH_BODY = Set.of("PATCH", "POST", "PUT");

    private final Url url;
    private final HttpClient client;
    private final String method;
    private final Map<String, String> headers; // keys without regard to case
    private final StatusCodes expectedStatus;
    private final String bodyPattern; // null: any body
    private final HttpLook look;

    private HttpHealthCheck(
            Url url,
            HttpClient client,
            String method,
            Map<String, String> headers,
            StatusCodes expectedStatus,
            String bodyPattern) {
        client.validate(url);
        if (method.equals("HEAD") && bodyPattern != null) {
            throw new IllegalArgumentException(
                    "a body pattern ('%s') cannot be matched with method HEAD, whose answer has no body; use GET"
                            .formatted(bodyPattern));
        }
        this.url = url;
        this.client = client;
        this.method = method;
        this.headers = headers;
        this.expectedStatus = expectedStatus;
        this.bodyPattern = bodyPattern;
        this.look =
                new HttpLook(client, request(), url.shown() + client.place(), expectedStatus, compiled(bodyPattern));
    }

    /**
     * {@return a check with the defaults}
     *
     * @param url an absolute {@code http} or {@code https} URL; its port may be <code>{port}</code>, which is the one that an
     *     integrated process is given with each launch
     */
    public static HttpHealthCheck get(String url) {
        return new HttpHealthCheck(
                Url.parse(url), HttpClient.SHARED, "GET", noHeaders(), StatusCodes.SUCCESS_OR_REDIRECT, null);
    }

    /**
     * {@return this check with another method}
     *
     * @param method DELETE, GET, HEAD, OPTIONS, PATCH, POST or PUT, in any case; there is no request body
     */
    public HttpHealthCheck method(String method) {
        String upper = method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(upper)) {
            throw new IllegalArgumentException(
                    "method '%s' is not known; it must be one of %s".formatted(method, String.join(", ", METHODS)));
        }
        return new HttpHealthCheck(url, client, upper, headers, expectedStatus, bodyPattern);
    }

    /**
     * {@return this check with one more request header}
     *
     * @param name its name; a header of that name is replaced
     * @param value its value; it is kept out of all messages
     */
    public HttpHealthCheck header(String name, String value) {
        HeaderText.check(name, value);
        Map<String, String> more = noHeaders();
        more.putAll(headers);
        more.remove(name); // so that the new spelling of the name counts
        more.put(name, value);
        return new HttpHealthCheck(url, client, method, more, expectedStatus, bodyPattern);
    }

    /**
     * {@return this check with other statuses that count as healthy}
     *
     * @param from the lowest, 100 or more
     * @param to the highest, 599 or less
     */
    public HttpHealthCheck expectStatus(int from, int to) {
        return expectStatus(StatusCodes.range(from, to));
    }

    /**
     * {@return this check with other statuses that count as healthy}
     *
     * @param codes one or more, each from 100 to 599
     */
    public HttpHealthCheck expectStatus(Set<Integer> codes) {
        return expectStatus(StatusCodes.of(codes));
    }

    private HttpHealthCheck expectStatus(StatusCodes codes) {
        return new HttpHealthCheck(url, client, method, headers, codes, bodyPattern);
    }

    /**
     * {@return this check with a demand on the body}
     *
     * @param regex a regular expression, a match of which must be in the first 64 KiB of the body
     */
    public HttpHealthCheck expectBody(String regex) {
        return new HttpHealthCheck(
                url, client, method, headers, expectedStatus, Objects.requireNonNull(regex, "regex"));
    }

    /**
     * {@return this check of an {@code https} URL, with a trust store of its own instead of the JDK's}
     *
     * @param path certificates as PEM, or a PKCS12 or JKS key store that needs no password; read now, and only once
     * @throws IllegalArgumentException if it cannot be read
     */
    public HttpHealthCheck trustStore(Path path) {
        return over(client.trusting(TrustStore.read(path, null)));
    }

    /**
     * {@return this check of an {@code https} URL, with a trust store of its own instead of the JDK's}
     *
     * @param path a PKCS12 or JKS key store; read now, and only once
     * @param password its password; not kept
     * @throws IllegalArgumentException if it cannot be read
     */
    public HttpHealthCheck trustStore(Path path, char[] password) {
        return over(client.trusting(TrustStore.read(path, Objects.requireNonNull(password, "password"))));
    }

    /**
     * {@return this check over a Unix domain socket}
     *
     * @param path the socket's; host and port of the {@code http} URL are then what the {@code Host} header says, and nothing else
     */
    public HttpHealthCheck unixSocket(Path path) {
        return over(client.connectingTo(path));
    }

    private HttpHealthCheck over(HttpClient other) {
        return new HttpHealthCheck(url, other, method, headers, expectedStatus, bodyPattern);
    }

    /** Refuses a process that is given no port, if the URL needs it. */
    @Override
    public void validate(ProcessSpec process) {
        if (url.atAllocatedPort() && process.kind() != ProcessKind.INTEGRATED) {
            throw new IllegalArgumentException(
                    "only an integrated process is given a port, which %s needs; write the port instead of {port}"
                            .formatted(url.shown()));
        }
    }

    /** {@return the check with the port of that launch, if the URL needs it; otherwise this one} */
    @Override
    public HealthCheck forLaunch(HealthTarget target) {
        if (!url.atAllocatedPort()) {
            return this;
        }
        int port = target.port()
                .orElseThrow(() -> new IllegalStateException(
                        "process '%s' was given no port, which %s needs; write the port instead of {port}"
                                .formatted(target.processId(), url.shown())));
        return new HttpHealthCheck(url.at(port), client, method, headers, expectedStatus, bodyPattern);
    }

    /**
     * Sends the request.
     *
     * @return whether the answer is as expected; cancelling it gives the connection up
     */
    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        if (url.atAllocatedPort()) {
            return forLaunch(target).check(target);
        }
        CompletableFuture<HealthResult> result = new CompletableFuture<>();
        look.begin(result);
        return result;
    }

    private Request request() {
        Request.Builder request = new Request.Builder()
                .url(url.http())
                .method(method, METHODS_WITH_BODY.contains(method) ? RequestBody.create(new byte[0]) : null)
                .header("User-Agent", "hsu-health-check");
        String user = url.http().username();
        String password = url.http().password();
        if (!user.isEmpty() || !password.isEmpty()) {
            request.header("Authorization", Credentials.basic(user, password));
        }
        headers.forEach(request::header);
        return request.build();
    }

    private static Pattern compiled(String regex) {
        try {
            return regex == null ? null : Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "body pattern '%s' is not a regular expression: %s near index %d"
                            .formatted(regex, e.getDescription(), e.getIndex()),
                    e);
        }
    }

    private static Map<String, String> noHeaders() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpHealthCheck that
                && url.equals(that.url)
                && client.equals(that.client)
                && method.equals(that.method)
                && headers.equals(that.headers)
                && expectedStatus.equals(that.expectedStatus)
                && Objects.equals(bodyPattern, that.bodyPattern);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, client, method, expectedStatus, bodyPattern);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("http ")
                .append(method)
                .append(' ')
                .append(url.shown())
                .append(client);
        if (!headers.isEmpty()) {
            text.append(" with ").append(String.join(", ", headers.keySet()));
        }
        if (!expectedStatus.equals(StatusCodes.SUCCESS_OR_REDIRECT)) {
            text.append(" expecting ").append(expectedStatus);
        }
        if (bodyPattern != null) {
            text.append(" matching /").append(bodyPattern).append('/');
        }
        return text.toString();
    }

    /**
     * Provides {@code http}. Settings: {@code url}; optional {@code method}, {@code headers} (a map), {@code
     * expected_status} (such as {@code 204}, {@code "200-399"} or {@code "200,204"}), {@code body_pattern}, {@code trust_store},
     * {@code trust_store_password} and {@code unix_socket}.
     */
    public static final class Provider implements HealthCheckProvider {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public String type() {
            return "http";
        }

        @Override
        public HealthCheck create(Settings settings) {
            HttpHealthCheck check = get(settings.requiredString("url"));
            check = settings.string("method").map(check::method).orElse(check);
            for (Map.Entry<String, String> header :
                    settings.stringMap("headers").entrySet()) {
                check = check.header(header.getKey(), header.getValue());
            }
            TrustStore trustStore = TrustStore.of(settings);
            check = trustStore == null ? check : check.over(check.client.trusting(trustStore));
            check = settings.string("unix_socket")
                    .map(Path::of)
                    .map(check::unixSocket)
                    .orElse(check);
            check = settings.string("expected_status")
                    .map(StatusCodes::parse)
                    .map(check::expectStatus)
                    .orElse(check);
            return settings.string("body_pattern").map(check::expectBody).orElse(check);
        }
    }
}
