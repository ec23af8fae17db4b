package io.hsu.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.ProcessSpec;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.Providers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be set, in Java and by name, and what is said about what may not. */
class HttpHealthCheckSettingsTest {

    private static final String URL_TEXT = "http://localhost:8080/health";
    private static final Providers PROVIDERS = Providers.builder()
            .classLoader(HttpHealthCheck.class.getClassLoader())
            .discover();

    @Test
    void provider_equalsJava() {
        assertEquals(HttpHealthCheck.get(URL_TEXT), provided(Map.of("url", URL_TEXT)));
        HttpHealthCheck java = HttpHealthCheck.get(URL_TEXT)
                .method("POST")
                .header("X-Token", "t")
                .expectStatus(200, 204)
                .expectBody("UP");
        HealthCheck named = provided(Map.of(
                "url", URL_TEXT,
                "method", "post",
                "headers", Map.of("x-token", "t"),
                "expected_status", "200-203, 204",
                "body_pattern", "UP"));
        assertEquals(java, named);
        assertEquals(java.hashCode(), named.hashCode());
    }

    @Test
    void provider_equalsJava_trustStoreAndUnixSocket() {
        Path trusted = Tls.file("trusted.p12");
        HttpHealthCheck java = HttpHealthCheck.get("https://localhost/").trustStore(trusted, Tls.password());
        assertEquals(
                java,
                provided(Map.of(
                        "url",
                        "https://localhost/",
                        "trust_store",
                        trusted.toString(),
                        "trust_store_password",
                        "changeit")));
        assertEquals("http GET https://localhost/ trusting " + trusted, java.toString());
        HttpHealthCheck unix = HttpHealthCheck.get(URL_TEXT).unixSocket(Path.of("/run/app.sock"));
        assertEquals(unix, provided(Map.of("url", URL_TEXT, "unix_socket", "/run/app.sock")));
        assertEquals("http GET " + URL_TEXT + " at /run/app.sock", unix.toString());
    }

    @Test
    void trustStoreAndUnixSocket_refused() {
        Path trusted = Tls.file("localhost.pem");
        assertEquals(
                "trust store '%s' is for https, but the url is %s; write https://, or leave the trust store away"
                        .formatted(trusted, URL_TEXT),
                refused(Map.of("url", URL_TEXT, "trust_store", trusted.toString())));
        assertEquals(
                "unix socket '/run/app.sock' cannot be reached by https://localhost/; write http:// instead of https://",
                refused(Map.of("url", "https://localhost/", "unix_socket", "/run/app.sock")));
        assertEquals(
                "trust_store_password is set, but trust_store is not; set it, or leave the password away",
                refused(Map.of("url", "https://localhost/", "trust_store_password", "s3cret")));
    }

    @Test
    void port_ofTheLaunch() {
        HttpHealthCheck check = HttpHealthCheck.get("http://localhost:{port}/health?deep=1");
        assertEquals("http GET http://localhost:{port}/health", check.toString());
        assertEquals(HttpHealthCheck.get("http://localhost:4711/health?deep=1"), check.forLaunch(AnyTarget.at(4711)));
        assertEquals(check, provided(Map.of("url", "http://localhost:{port}/health?deep=1")));
        assertNotEquals(check, HttpHealthCheck.get("http://localhost:1/health?deep=1"));
        assertEquals(
                "http GET https://[::1]:{port}/",
                HttpHealthCheck.get("https://me:s3cret@[::1]:{port}").toString());
        HttpHealthCheck fixed = HttpHealthCheck.get("http://localhost:8080/port");
        assertSame(fixed, fixed.forLaunch(AnyTarget.at(4711)));
    }

    @Test
    void port_standsForThePortOnly() {
        for (String url : List.of("http://localhost:8080/{port}", "http://localhost:{port}/{port}")) {
            assertEquals(
                    "url '" + url
                            + "' is not allowed; {port} can stand for the port only, as in http://localhost:{port}/health",
                    assertThrows(IllegalArgumentException.class, () -> HttpHealthCheck.get(url))
                            .getMessage());
        }
    }

    @Test
    void port_ofAProcessThatIsGivenNone() {
        assertEquals(
                "process 'api' cannot be checked by 'liveness': only an integrated process is given a port, which http://localhost:{port}/ needs; write the port instead of {port}",
                assertThrows(
                                IllegalStateException.class,
                                () -> ProcessSpec.builder("api")
                                        .command("api")
                                        .healthCheck(HttpHealthCheck.get("http://localhost:{port}"))
                                        .build())
                        .getMessage());
        ProcessSpec.builder("api")
                .command("api")
                .integrated()
                .healthCheck(HttpHealthCheck.get("http://localhost:{port}"))
                .build();
    }

    @Test
    void equals_everySettingCounts() {
        HttpHealthCheck check = HttpHealthCheck.get(URL_TEXT);
        assertNotEquals(check, HttpHealthCheck.get(URL_TEXT + "z"));
        assertNotEquals(check, check.method("HEAD"));
        assertNotEquals(check, check.header("A", "1"));
        assertNotEquals(check.header("A", "2"), check.header("A", "1"));
        assertNotEquals(check, check.expectStatus(Set.of(200)));
        assertNotEquals(check, check.expectBody("x"));
        assertNotEquals(check, check.unixSocket(Path.of("/run/app.sock")));
        assertNotEquals(check, HttpHealthCheck.get(URL_TEXT.replace("8080", "{port}")));
        HttpHealthCheck secured = HttpHealthCheck.get("https://localhost/");
        assertNotEquals(secured, secured.trustStore(Tls.file("localhost.pem")));
        assertEquals(secured.trustStore(Tls.file("localhost.pem")), secured.trustStore(Tls.file("localhost.pem")));
        assertEquals(check, check.method("get").expectStatus(200, 399));
        assertEquals(check.header("A", "1"), check.header("A", "2").header("a", "1"));
    }

    @Test
    void withers_leaveTheOriginalAlone() {
        HttpHealthCheck check = HttpHealthCheck.get(URL_TEXT);
        check.method("HEAD");
        check.header("A", "1");
        check.expectStatus(200, 200);
        assertEquals(HttpHealthCheck.get(URL_TEXT), check);
    }

    @Test
    void expectedStatus_formsAndMeaning() {
        HttpHealthCheck check = HttpHealthCheck.get(URL_TEXT);
        assertEquals(check.expectStatus(Set.of(204)), provided(Map.of("url", URL_TEXT, "expected_status", 204)));
        assertEquals(
                check.expectStatus(Set.of(200, 204)), provided(Map.of("url", URL_TEXT, "expected_status", "200,204")));
        assertEquals(
                "200,204-206,404", StatusCodes.parse("404,204-205, 206,200").toString());
    }

    @Test
    void expectedStatus_refused() {
        assertEquals(
                "expected_status '2xx' is not allowed; write codes and ranges, such as 204, \"200-399\" or \"200,204\"",
                refused(Map.of("url", URL_TEXT, "expected_status", "2xx")));
        assertEquals(
                "expected status 99 is not allowed; codes are from 100 to 599, the lower first",
                refused(Map.of("url", URL_TEXT, "expected_status", 99)));
        assertEquals(
                "expected status 399-200 is not allowed; codes are from 100 to 599, the lower first",
                refused(() -> HttpHealthCheck.get(URL_TEXT).expectStatus(399, 200)));
        assertEquals(
                "expected status must be at least one code, but there is none",
                refused(() -> HttpHealthCheck.get(URL_TEXT).expectStatus(Set.of())));
    }

    @Test
    void url_missing() {
        assertEquals("url is missing", refused(Map.of("method", "GET")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8080/health",
                "/health",
                "ftp://localhost/",
                "http:localhost",
                "http://",
                "http://a b/"
            })
    void url_refused(String url) {
        assertEquals(
                "url '" + url
                        + "' is not allowed; it must be absolute, with scheme http or https, such as http://localhost:8080/health",
                refused(() -> HttpHealthCheck.get(url)));
    }

    @Test
    void url_refusedWithoutItsSecrets() {
        for (String url : List.of(
                "ftp://me:pa?ss@host/x",
                "http://me:pa@ss@host:99999/x?key=pass",
                "me:pass@host",
                "http://a b/?mail=me@pa//pa",
                "//@pa",
                "http:/x#pa")) {
            String message = refused(() -> HttpHealthCheck.get(url));
            assertFalse(message.contains("pa"), message);
        }
    }

    @Test
    void method_refused() {
        assertEquals(
                "method 'FETCH' is not known; it must be one of DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
                refused(Map.of("url", URL_TEXT, "method", "FETCH")));
    }

    @Test
    void head_hasNoBodyToMatch() {
        String message = "a body pattern ('UP') cannot be matched with method HEAD, whose answer has no body; use GET";
        assertEquals(message, refused(Map.of("url", URL_TEXT, "method", "HEAD", "body_pattern", "UP")));
        assertEquals(
                message,
                refused(() -> HttpHealthCheck.get(URL_TEXT).expectBody("UP").method("HEAD")));
    }

    @Test
    void bodyPattern_refused() {
        assertEquals(
                "body pattern '(UP' is not a regular expression: Unclosed group near index 3",
                refused(Map.of("url", URL_TEXT, "body_pattern", "(UP")));
    }

    @Test
    void header_refusedWithoutItsValue() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> HttpHealthCheck.get(URL_TEXT).header("Authorization", "s3cret\n"));
        assertEquals(
                "the value of header 'Authorization' has a character that is not allowed at index 6 (U+000A); it must be printable ASCII",
                e.getMessage());
        assertNull(e.getCause());
        assertEquals(
                "header name 'X Token' is not allowed; it must be letters, digits and !#$%&'*+-.^_`|~",
                refused(() -> HttpHealthCheck.get(URL_TEXT).header("X Token", "s3cret")));
    }

    @Test
    void unknownSetting_isRefusedByTheEngine() {
        String message = refused(Map.of("url", URL_TEXT, "expect_status", "200"));
        assertEquals(
                "unknown setting expect_status; known are body_pattern, expected_status, headers, method, trust_store, trust_store_password, unix_socket, url",
                message);
    }

    @Test
    void toString_tellsAllButSecrets() {
        HttpHealthCheck check = HttpHealthCheck.get("https://me:s3cret@host/health?token=s3cret#s3cret");
        assertEquals("http GET https://host/health", check.toString());
        assertEquals(
                "http POST https://host/health with X-Token expecting 204 matching /UP/",
                check.method("POST")
                        .header("X-Token", "s3cret")
                        .expectStatus(204, 204)
                        .expectBody("UP")
                        .toString());
    }

    private static HealthCheck provided(Map<String, ?> settings) {
        return PROVIDERS.healthCheck("http", settings);
    }

    private static String refused(Map<String, ?> settings) {
        return refused(() -> provided(settings));
    }

    private static String refused(Runnable making) {
        return assertThrows(IllegalArgumentException.class, making::run).getMessage();
    }
}
