package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of a variable or a file is never shown. */
class SecretsTest extends ConfigTestBase {

    private static final Pattern VALUE =
            Pattern.compile("(?m)(?<=: |\\[|, |- )(\"[^\"]*\"|[A-Za-z0-9_.]+)(?=[,\\]]|$)");

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t-t0k3n", "987654321", "98765h", "http://s3cr3t@host"})
    void whereverItStands_noMessageShowsIt(String secret) {
        loader = loader.environment(Map.of("S", secret));
        int failures = 0;
        for (String name : List.of("nested.yaml", "flat.yaml", "checks.yaml")) {
            String yaml = resource(name);
            for (MatchResult value : VALUE.matcher(yaml).results().toList()) {
                for (String reference : List.of("\"${env:S}\"", "\"x ${env:S}\"")) {
                    failures += assertHidden(
                            secret, yaml.substring(0, value.start()) + reference + yaml.substring(value.end()));
                }
            }
        }
        assertTrue(failures > 50, "failures: " + failures);
    }

    private int assertHidden(String secret, String yaml) {
        Path file = write(yaml);
        try {
            loader.load(file).warnings().forEach(warning -> assertHidden(secret, warning.toString(), yaml));
            return 0;
        } catch (ConfigException e) {
            assertHidden(secret, e.toString(), yaml);
            assertEquals(null, e.getCause());
            return 1;
        }
    }

    private static void assertHidden(String secret, String message, String yaml) {
        String lower = message.toLowerCase(Locale.ROOT);
        for (String form : List.of(secret, "s3cr3t", "98765", "4115d")) {
            assertFalse(lower.contains(form), () -> message + "\nof\n" + yaml);
        }
    }

    @Test
    void aValueOfAFile_isNotShown() throws java.io.IOException {
        java.nio.file.Files.writeString(directory.resolve("token"), "s3cr3t\n");

        assertError(
                "process_manager:\n  port: ${file:token}\n",
                "2:9: process_manager.port: must be a whole number, from 1 to 65535, but is '${file:token}'");
    }

    @Test
    void whatAProviderSays_isCleaned() {
        assertError(
                flat("health_check:\n  http_endpoint: ${env:TOKEN}\n"),
                "8:24: managed_processes[0].management.health_check.http_endpoint: url '${env:TOKEN}' must begin with http://");
    }

    @Test
    void whatAProviderSaysOfAPart_isWithheld() {
        loader = loader.environment(Map.of("URL", "BREAK/out of reach"));

        assertError(
                flat("health_check: {type: http, http: {url: 'http://h', method: BREAK, token: '${env:URL}'}}"),
                "7:34: managed_processes[0].management.health_check.http: is not allowed; why is not said, because it may show what ${env:URL} stands for");
    }

    /** Their values are secrets even if the file spells them out, and a provider is someone else's code. */
    @Test
    void headersAndPasswords_areNotShown_howeverTheyAreWritten() {
        String at = "7:77: managed_processes[0].management.health_check.grpc.method: ";
        String yaml = flat(
                "health_check: {type: grpc, grpc: {address: 'h:1', service: s, method: TELL, headers: {a: %s}, trust_store_password: %s}}");

        assertError(yaml.formatted("Bearer hunter2", "pw"), at + "method TELL with {a=(not shown)} and (not shown)");
        assertError(
                yaml.formatted("'${env:TOKEN}'", "'${env:PORT}'"),
                at + "method TELL with {a=(not shown)} and (not shown)");
        assertError(
                yaml.formatted("'${env:NONE:-hunter2}'", "'x${env:EMPTY:-hunter2}'"),
                at + "method TELL with {a=(not shown)} and (not shown)");
    }

    @Test
    void headersAndPasswords_withSettingsOfTheWrongKind() {
        loader = HsuConfig.loader().healthCheck(new FakeGrpc.Provider());

        for (String block : List.of(
                "{type: http, http: {url: 'http://h', headers: {A: \"hunter2\\n\"}}}",
                "{type: http, http: {url: 'http://h', headers: hunter2}}",
                "{type: http, http: {url: 'http://h', headers: [hunter2]}}",
                "{type: http, http: hunter2}",
                "{type: http, http: {url: 'http://u:hunter2@h:x', headers: {A: hunter2}}}",
                "{type: http, http: {url: 'http://h', header: {A: hunter2}}}",
                "{type: http, headers: {A: hunter2}}",
                "{type: grpc, grpc: {address: 'h:1', headers: [hunter2]}}",
                "{type: grpc, grpc: {address: 'h:1', trust_store_password: [hunter2]}}",
                "{type: grpc, grpc: {address: 'h:1', password: hunter2}}",
                "{type: grpc, grpc: {address: 'h:1', tls: x, trust_store_password: hunter2}}")) {
            List<String> errors = errors(flat("health_check: " + block));

            assertFalse(errors.get(0).contains("hunter2"), errors.toString());
        }
    }

    /** Such as the word before a token, or a header that is a number. */
    @Test
    void shortHeaders_doNotTearWordsApart() {
        assertError(
                flat("health_check: {type: http, http: {url: 'bad', headers: {A: a, B: must b}}}"),
                "7:46: managed_processes[0].management.health_check.http.url: url 'bad' must begin with http://");
    }

    @Test
    void defaultOfAReference_isNotShown() {
        assertError(
                flat("health_check: {type: tcp, tcp: {address: h, port: '${env:NONE:-99999}'}}"),
                "7:57: managed_processes[0].management.health_check.tcp.port: port must be from 1 to 65535, but is what ${env:NONE:-...} stands for");
    }

    @Test
    void theNameInAnItemOfTheEnvironment_isNotShown() {
        loader = loader.environment(Map.of("PAIR", "hunter2=x"));

        assertError(
                flat("").replace("/bin/sh", "/bin/sh\n        environment: ['${env:PAIR}', '${env:PAIR}']"),
                "7:38: managed_processes[0].management.control.environment[1]: ${env:PAIR} is there twice; keep one of them");
    }

    @Test
    void anItemOfTheEnvironment_isNeverShown() {
        assertError("""
                managed_processes:
                  - id: a
                    type: standard_managed
                    management:
                      control:
                        executable: /bin/sh
                        environment: ["hunter2"]
                """, "7:23: managed_processes[0].management.control.environment[0]: must look like NAME=value");
    }
}
