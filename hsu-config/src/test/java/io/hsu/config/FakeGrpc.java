package io.hsu.config;

import io.hsu.ProcessKind;
import io.hsu.ProcessSpec;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A gRPC check that asks nobody, with the settings of the real one. */
record FakeGrpc(
        Optional<String> address,
        String service,
        String method,
        Map<String, String> headers,
        boolean tls,
        String trustStore,
        String trustStorePassword,
        String authority)
        implements HealthCheck {

    static FakeGrpc at(String address) {
        return new FakeGrpc(Optional.of(address), "", "", Map.of(), false, "", "", "");
    }

    static FakeGrpc atItsPort() {
        return new FakeGrpc(Optional.empty(), "", "", Map.of(), false, "", "", "");
    }

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void validate(ProcessSpec process) {
        if (address.isEmpty() && process.kind() == ProcessKind.STANDARD) {
            throw new IllegalArgumentException("no address is given, and only an integrated process is given a port");
        }
        if (service.startsWith("OF ")) {
            throw new IllegalArgumentException("service '%s' is not served by '%s'".formatted(service, process.id()));
        }
        if (service.equals("BROKEN")) {
            throw new UnsupportedOperationException("out of order");
        }
    }

    static final class Provider implements HealthCheckProvider {
        @Override
        public String type() {
            return "grpc";
        }

        @Override
        public HealthCheck create(Settings settings) {
            FakeGrpc check = new FakeGrpc(
                    settings.string("address"),
                    settings.string("service").orElse(""),
                    settings.string("method").orElse(""),
                    settings.stringMap("headers"),
                    settings.bool("tls").orElse(false),
                    settings.string("trust_store").orElse(""),
                    settings.string("trust_store_password").orElse(""),
                    settings.string("authority").orElse(""));
            check.address.ifPresent(Provider::checkAddress);
            if (check.method.equals("TELL")) {
                // What no provider should do.
                throw new IllegalArgumentException(
                        "method TELL with %s and %s".formatted(check.headers, check.trustStorePassword));
            }
            if (!check.method.isEmpty() && check.method.indexOf('/') < 0) {
                throw new IllegalArgumentException(
                        "method '%s' is not allowed; it must be package.Service/Method".formatted(check.method));
            }
            if (check.trustStore.startsWith("/no/")) {
                throw new IllegalArgumentException("trust store '%s' does not exist".formatted(check.trustStore));
            }
            return check;
        }

        private static void checkAddress(String address) {
            int port = address.matches("[^:]+:\\d{1,5}") ? Integer.parseInt(address.replaceFirst(".*:", "")) : 0;
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException(
                        "address '%s' is not allowed; it must be host:port".formatted(address));
            }
        }
    }
}
