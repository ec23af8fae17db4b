package io.hsu.config;

import io.hsu.HealthCheckSpec;
import java.util.List;
import java.util.Optional;

/** When a check runs: in a block of its own, as the nested shape has it, or beside the type, as the flat one has it. */
final class CheckOptions {

    private static final String BLOCK = "run_options";
    private static final String FAILURES = "retries";
    private static final String FAILURES_BESIDE = "failure_threshold";
    private static final List<String> BESIDE =
            List.of("enabled", "interval", "timeout", "initial_delay", FAILURES_BESIDE, "success_threshold");

    /** {@return the check with the options of its block, wherever they stand}; empty if they are wrong, and that has been told */
    static Optional<HealthCheckSpec> of(Block block, HealthCheckSpec.Builder check) {
        Optional<Value> nested = block.value(BLOCK);
        if (nested.isEmpty()) {
            read(block, FAILURES_BESIDE, check);
            return build(check, block, block);
        }
        block.inBlock(BLOCK, Section.RUN_OPTIONS, options -> read(options, FAILURES, check));
        refuseBeside(block, nested.get());
        return build(check, nested.filter(Value::isBlock).map(Value::block).orElse(block), block);
    }

    /** {@return the check with the options of a block that has nothing else} */
    static Optional<HealthCheckSpec> ofBlock(Block options, HealthCheckSpec.Builder check) {
        read(options, FAILURES, check);
        return build(check, options, options);
    }

    private static void read(Block options, String failures, HealthCheckSpec.Builder check) {
        options.set("enabled", Value::bool, check::enabled);
        options.set("interval", Value::duration, check::every);
        options.set("timeout", Value::duration, check::timeout);
        options.set("initial_delay", Value::duration, check::initialDelay);
        options.set(failures, value -> value.integer(1, Integer.MAX_VALUE), check::failAfter);
        options.set("success_threshold", value -> value.integer(1, Integer.MAX_VALUE), check::recoverAfter);
    }

    private static void refuseBeside(Block block, Value runOptions) {
        for (String key : BESIDE) {
            if (block.has(key)) {
                block.problems()
                        .error(
                                block.entries().get(key).keyPlace(),
                                "stands beside run_options (line %d); move it into it%s"
                                        .formatted(
                                                runOptions.keyPlace().line(),
                                                key.equals(FAILURES_BESIDE) ? ", where it is called retries" : ""));
            }
        }
    }

    private static Optional<HealthCheckSpec> build(HealthCheckSpec.Builder check, Block options, Block named) {
        try {
            return Optional.of(check.build());
        } catch (IllegalStateException e) {
            Optional<Value> timeout = options.value("timeout");
            boolean secret = isSecret(timeout) || isSecret(options.value("interval")) || isSecret(named.value("name"));
            timeout.orElse(options.self())
                    .error(
                            secret
                                    ? "must be shorter than interval; shorten the one or raise the other"
                                    : e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isSecret(Optional<Value> value) {
        return value.filter(Value::isSecret).isPresent();
    }

    private CheckOptions() {}
}
