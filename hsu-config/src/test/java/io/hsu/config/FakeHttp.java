package io.hsu.config;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** An HTTP check that asks nobody, so that these tests need no HTTP library. */
record FakeHttp(String url, String method, Map<String, String> headers, String token) implements HealthCheck {

    static FakeHttp get(String url) {
        return new FakeHttp(url, "GET", Map.of(), "");
    }

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        throw new UnsupportedOperationException();
    }

    static final class Provider implements HealthCheckProvider {
        @Override
        public String type() {
            return "http";
        }

        @Override
        public HealthCheck create(Settings settings) {
            String url = settings.requiredString("url");
            if (!url.startsWith("http://")) {
                throw new IllegalArgumentException("url '%s' must begin with http://".formatted(url));
            }
            String method = settings.string("method").orElse("GET");
            if (method.equals("BREAK")) {
                throw new IllegalStateException("out of order");
            }
            settings.integer("expected_status", 100, 599);
            return new FakeHttp(
                    url,
                    method,
                    settings.stringMap("headers"),
                    settings.string("token").orElse(""));
        }
    }
}
