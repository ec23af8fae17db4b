package io.hsu.config;

import io.hsu.CheckRole;
import io.hsu.HealthCheckSpec;
import io.hsu.config.ProcessDraft.Checked;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.Providers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code health_check}, and {@code readiness_check} and {@code startup_check} which look the same: a check, or a list of
 * them. The nested shape has its options in {@code run_options}, the flat one beside the type; both are read wherever a
 * check stands.
 */
final class HealthBlock {

    private final Block block;
    private final CheckKind kind;
    private final Providers providers;
    private final ProcessDraft draft;

    private HealthBlock(Block block, Providers providers, ProcessDraft draft) {
        this.block = block;
        this.kind = KindReader.read(block);
        this.providers = providers;
        this.draft = draft;
    }

    static void read(Keys keys, String key, CheckRole role, Providers providers, ProcessDraft draft) {
        keys.value(key).ifPresent(value -> {
            List<Value> checks = value.isList() ? value.list() : List.of(value);
            if (checks.isEmpty()) {
                value.error("lists no check; write one, or remove the key");
                draft.checked(Checked.UNREADABLE);
            }
            checks.forEach(check -> read(check, role, providers, draft));
        });
    }

    private static void read(Value check, CheckRole role, Providers providers, ProcessDraft draft) {
        Optional<Block> block = check.read(Value::block);
        if (block.isEmpty()) {
            draft.checked(Checked.UNREADABLE);
            return;
        }
        new HealthBlock(block.get(), providers, draft).read(role);
        block.get().refuseRest(Section.HEALTH_CHECK);
    }

    private void read(CheckRole role) {
        Optional<CheckSettings> settings = CheckSettings.read(block, kind, providers);
        Optional<HealthCheck> check = kind.isReadable() ? settings.flatMap(this::make) : Optional.empty();
        // Without a check the options are read all the same: what is wrong with them is told, too.
        HealthCheckSpec.Builder options = HealthCheckSpec.builder(check.orElse(target -> null), role);
        block.set("name", Value::nonBlank, options::name);
        Optional<HealthCheckSpec> whole = CheckOptions.of(block, options);
        whole.ifPresent(spec -> draft.checks.name(
                spec.name(),
                block.value("name").map(Value::shown).orElse(spec.name()),
                block.value("name").map(Value::place).orElse(block.self().keyPlace()),
                block.problems()));
        if (whole.isEmpty()) {
            draft.checked(Checked.UNREADABLE);
        } else if (whole.get().enabled()) {
            draft.checked(check.isPresent() ? Checked.YES : Checked.UNREADABLE);
        }
        whole.filter(spec -> check.isPresent())
                .ifPresent(spec -> draft.checks.add(new CheckList.Placed(
                        spec, check.get(), reason -> refuse(settings.get(), draft.entry.redacted(reason)))));
        if (role == CheckRole.LIVENESS && draft.isIntegrated()) {
            warnOfNoType();
        }
    }

    private Optional<HealthCheck> make(CheckSettings settings) {
        Optional<Map<String, Object>> plain = settings.plain();
        if (plain.isEmpty() || hasNoAddress(settings)) {
            return Optional.empty();
        }
        try {
            return Optional.of(providers.healthCheck(kind.type(), plain.get()));
        } catch (RuntimeException | LinkageError e) {
            String message = block.self().redacted(ProviderMessage.of(e, "check"));
            if (providers.healthCheckTypes().contains(CheckKind.normal(kind.type()))) {
                refuse(settings, message);
            } else {
                kind.at().error(misspelled().orElse(message));
            }
            return Optional.empty();
        }
    }

    /** The flat shape's flag has no place where the provider would look for the address: it is told in the flag's words. */
    private boolean hasNoAddress(CheckSettings settings) {
        boolean missing = kind.is(CheckKind.GRPC)
                && block.value("type").isEmpty()
                && !settings.written().containsKey("address")
                && !draft.isIntegrated();
        if (missing) {
            kind.at()
                    .error(
                            "needs grpc_service, the address to ask: only a process of type integrated_managed is given a port");
        }
        return missing;
    }

    private void refuse(CheckSettings settings, String message) {
        ProviderMessage.report(message, settings.written(), settings.place(), block.problems());
    }

    private Optional<String> misspelled() {
        return block.value("type")
                .filter(type -> !type.isSecret())
                .flatMap(type -> DidYouMean.nearest(kind.type(), providers.healthCheckTypes()))
                .map(meant -> "unknown health check type '%s'; available are %s; did you mean '%s'?"
                        .formatted(Shown.word(kind.type()), String.join(", ", providers.healthCheckTypes()), meant));
    }

    /** Such a block makes less of the process than no block at all, which is easily overlooked. */
    private void warnOfNoType() {
        if (kind.at() == block.self()) {
            block.problems()
                    .warning(
                            block.self().keyPlace(),
                            "has no type, so it only looks whether the process is alive; write 'type: grpc' to check it over gRPC at its port, or 'type: process' if this is meant");
        }
    }
}
