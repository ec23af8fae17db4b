package io.hsu.config;

import io.hsu.CheckRole;
import io.hsu.HealthCheckSpec;
import io.hsu.config.ProcessDraft.Checked;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.Providers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code health_check}, and {@code readiness_check} and {@code startup_check} which look the same. The nested shape has
 * its options in {@code run_options}, the flat one beside the type; both are read wherever a check stands.
 */
final class HealthBlock {

    private static final String HTTP = "http";
    private static final String GRPC = "grpc";
    private static final List<String> OPTIONS_BESIDE =
            List.of("enabled", "interval", "timeout", "initial_delay", "failure_threshold", "success_threshold");

    private final Block block;
    private final Providers providers;
    private final Optional<Value> endpoint;

    /** Whether the check is one to come, which a lenient load goes without. */
    private boolean leftOut;

    private HealthBlock(Block block, Providers providers) {
        this.block = block;
        this.providers = providers;
        this.endpoint = block.value("http_endpoint");
    }

    static void read(Keys keys, String key, CheckRole role, Providers providers, ProcessDraft draft) {
        keys.value(key).ifPresent(value -> {
            Optional<Block> block = value.read(Value::block);
            if (block.isEmpty()) {
                draft.checked(Checked.UNREADABLE);
                return;
            }
            HealthBlock health = new HealthBlock(block.get(), providers);
            health.read(role, draft);
            block.get().refuseRest(Section.HEALTH_CHECK);
        });
    }

    private void read(CheckRole role, ProcessDraft draft) {
        Optional<HealthCheck> check = check();
        // Without a check the options are read all the same: what is wrong with them is told, too.
        Optional<HealthCheckSpec> whole = readOptions(HealthCheckSpec.builder(check.orElse(target -> null), role));
        if (whole.isEmpty()) {
            draft.checked(Checked.UNREADABLE);
        } else if (whole.get().enabled()) {
            draft.checked(check.isPresent() ? Checked.YES : leftOut ? Checked.LEFT_OUT : Checked.UNREADABLE);
        }
        whole.filter(options -> check.isPresent()).ifPresent(draft.spec::check);
    }

    private Optional<HealthCheck> check() {
        Optional<Value> typeValue = block.value("type");
        if (typeValue.isEmpty() && endpoint.isEmpty() && asksForGrpc()) {
            leftOut = true;
            return Optional.empty();
        }
        String type = typeValue.isEmpty()
                ? endpoint.isPresent() ? HTTP : "process"
                : typeValue.get().read(Value::nonBlank).map(HealthBlock::normal).orElse("");
        Optional<Map<String, Object>> settings = settings(type);
        if (type.isEmpty() || settings.isEmpty()) {
            return Optional.empty();
        }
        if (type.equals(GRPC) && !providers.healthCheckTypes().contains(GRPC)) {
            block.problems().notSupportedYet(typeValue.orElseThrow().place(), "type 'grpc'", "the check is left out");
            leftOut = true;
            return Optional.empty();
        }
        addEndpoint(type, settings.get());
        try {
            return Optional.of(providers.healthCheck(type, settings.get()));
        } catch (RuntimeException e) {
            report(type, typeValue, block.self().redacted(ProviderMessage.of(e, "check")));
            return Optional.empty();
        }
    }

    /** The flat shape's way to ask for gRPC; the keys themselves are refused as not supported yet. */
    private boolean asksForGrpc() {
        return block.entries().containsKey("grpc_service") || block.entries().containsKey("grpc_health_check");
    }

    /**
     * Reads the settings block named like the type, and refuses one named like another type.
     *
     * @return the settings; empty if what is wrong with them has been reported
     */
    private Optional<Map<String, Object>> settings(String type) {
        Optional<Map<String, Object>> settings = Optional.of(new LinkedHashMap<>());
        Set<String> types = new TreeSet<>(providers.healthCheckTypes());
        types.add(GRPC);
        for (Map.Entry<String, Value> entry : block.entries().entrySet()) {
            String key = entry.getKey();
            if (normal(key).equals(type)) {
                settings = block.value(key).map(HealthBlock::readSettings).orElse(settings);
            } else if (types.contains(normal(key))) {
                block.has(key);
                block.problems()
                        .error(
                                entry.getValue().keyPlace(),
                                "is for checks of type %s, but this one is of type %s; remove it, or change the type"
                                        .formatted(Shown.word(key), type.isEmpty() ? "unknown" : shownType(type)));
            }
        }
        providers.healthCheckTypes().forEach(block::has);
        return settings;
    }

    private String shownType(String type) {
        return block.value("type").map(Value::shown).orElse(type);
    }

    private static Optional<Map<String, Object>> readSettings(Value value) {
        Optional<Block> block = value.read(Value::block);
        Map<String, Object> settings = new LinkedHashMap<>();
        boolean readable = block.isPresent();
        for (Map.Entry<String, Value> entry :
                block.map(Block::entries).orElse(Map.of()).entrySet()) {
            if (!entry.getValue().isNull()) {
                Optional<Object> setting = entry.getValue().read(Value::plain);
                setting.ifPresent(plain -> settings.put(entry.getKey(), plain));
                readable &= setting.isPresent();
            }
        }
        return readable ? Optional.of(settings) : Optional.empty();
    }

    private void addEndpoint(String type, Map<String, Object> settings) {
        endpoint.ifPresent(value -> {
            if (!type.equals(HTTP)) {
                value.error("is short for http.url, but the check is of type %s; remove it, or write type: http"
                        .formatted(shownType(type)));
            } else if (settings.containsKey("url")) {
                value.error("is short for http.url, which is given too; keep one of them");
            } else {
                value.read(Value::nonBlank).ifPresent(url -> settings.put("url", url));
            }
        });
    }

    private void report(String type, Optional<Value> typeValue, String message) {
        Optional<Value> settings = block.entries().entrySet().stream()
                .filter(entry -> normal(entry.getKey()).equals(type))
                .map(Map.Entry::getValue)
                .findFirst();
        if (!providers.healthCheckTypes().contains(type) || settings.isEmpty()) {
            typeValue.or(() -> endpoint).orElse(block.self()).error(message);
            return;
        }
        Map<String, Value> entries =
                settings.get().isBlock() ? settings.get().block().entries() : Map.of();
        ProviderMessage.report(message, entries, settings.get().keyPlace(), block.problems());
    }

    private Optional<HealthCheckSpec> readOptions(HealthCheckSpec.Builder check) {
        Optional<Value> nested = block.value("run_options");
        block.inBlock("run_options", Section.RUN_OPTIONS, options -> {
            readTimes(options, check);
            options.set("retries", value -> value.integer(1, Integer.MAX_VALUE), check::failAfter);
        });
        if (nested.isEmpty()) {
            readTimes(block, check);
            block.set("failure_threshold", value -> value.integer(1, Integer.MAX_VALUE), check::failAfter);
        } else {
            refuseBeside(nested.get());
        }
        return build(check, nested.filter(Value::isBlock).map(Value::block).orElse(block));
    }

    private static void readTimes(Block options, HealthCheckSpec.Builder check) {
        options.set("enabled", Value::bool, check::enabled);
        options.set("interval", Value::duration, check::every);
        options.set("timeout", Value::duration, check::timeout);
        options.set("initial_delay", Value::duration, check::initialDelay);
        options.set("success_threshold", value -> value.integer(1, Integer.MAX_VALUE), check::recoverAfter);
    }

    private void refuseBeside(Value runOptions) {
        for (String key : OPTIONS_BESIDE) {
            if (block.has(key)) {
                block.problems()
                        .error(
                                block.entries().get(key).keyPlace(),
                                "stands beside run_options (line %d); move it into it%s"
                                        .formatted(
                                                runOptions.keyPlace().line(),
                                                key.equals("failure_threshold") ? ", where it is called retries" : ""));
            }
        }
    }

    private static Optional<HealthCheckSpec> build(HealthCheckSpec.Builder check, Block options) {
        try {
            return Optional.of(check.build());
        } catch (IllegalStateException e) {
            Optional<Value> timeout = options.value("timeout");
            boolean secret = timeout.filter(Value::isSecret).isPresent()
                    || options.value("interval").filter(Value::isSecret).isPresent();
            timeout.orElse(options.self())
                    .error(
                            secret
                                    ? "must be shorter than interval; shorten the one or raise the other"
                                    : e.getMessage());
            return Optional.empty();
        }
    }

    private static String normal(String type) {
        return type.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
