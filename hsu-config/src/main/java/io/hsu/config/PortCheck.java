package io.hsu.config;

import io.hsu.CheckRole;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthChecks;
import io.hsu.config.ProcessDraft.Checked;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.Providers;
import java.util.Map;
import java.util.Optional;

/** The liveness check that an integrated process has without a {@code health_check}: over gRPC, at the port it is given. */
final class PortCheck {

    private static final String OPTIONS = "health_check_run_options";
    private static final String WHOLE = "health_check";

    private final Providers providers;
    private final ProcessDraft draft;
    private final HealthCheckSpec.Builder check =
            HealthCheckSpec.builder(HealthChecks.named(CheckKind.GRPC, Map.of()), CheckRole.LIVENESS);

    private PortCheck(Providers providers, ProcessDraft draft) {
        this.providers = providers;
        this.draft = draft;
    }

    /** Reads when it runs, which may be said where a {@code health_check} could stand. */
    static void read(Block block, Providers providers, ProcessDraft draft) {
        Optional<Value> whole = block.value(WHOLE);
        block.value(OPTIONS).ifPresent(options -> {
            if (!draft.isIntegrated()) {
                refuseOptions(
                        options,
                        "is for processes of type integrated_managed, which are checked at the port that they are given; give this one a health_check",
                        draft);
            } else if (whole.isPresent()) {
                refuseOptions(
                        options,
                        "stands beside health_check (line %d), which says itself when it runs; move it there, or remove one of them"
                                .formatted(whole.get().keyPlace().line()),
                        draft);
            } else {
                new PortCheck(providers, draft).read(options);
            }
        });
    }

    /** Adds it to an integrated process that says nothing of its liveness; last, as Java does. */
    static void addIfNoneIs(Block block, Providers providers, ProcessDraft draft) {
        if (draft.isIntegrated()
                && block.value(WHOLE).isEmpty()
                && block.value(OPTIONS).isEmpty()) {
            PortCheck check = new PortCheck(providers, draft);
            check.add(check.check.build(), draft.typePlace());
        }
    }

    private void read(Value options) {
        Optional<HealthCheckSpec> whole = options.read(Value::block).flatMap(block -> {
            Optional<HealthCheckSpec> read = CheckOptions.ofBlock(block, check);
            block.refuseRest(Section.RUN_OPTIONS);
            return read;
        });
        whole.ifPresentOrElse(spec -> add(spec, options.keyPlace()), () -> draft.checked(Checked.UNREADABLE));
    }

    private void add(HealthCheckSpec spec, Place place) {
        draft.checks.name(spec.name(), spec.name(), place, draft.problems());
        Optional<HealthCheck> look = lookUp(place);
        if (spec.enabled()) {
            draft.checked(look.isPresent() ? Checked.YES : Checked.UNREADABLE);
        }
        look.ifPresent(found -> draft.checks.add(
                new CheckList.Placed(spec, found, reason -> refuse(place, draft.entry.redacted(reason)))));
    }

    /** What is only named is looked up by the manager; that it cannot be is told here, at its place. */
    private Optional<HealthCheck> lookUp(Place place) {
        try {
            return Optional.of(providers.healthCheck(CheckKind.GRPC, Map.of()));
        } catch (RuntimeException | LinkageError e) {
            refuse(place, ProviderMessage.of(e, "check"));
            return Optional.empty();
        }
    }

    private void refuse(Place place, String reason) {
        draft.problems().error(place, "cannot be checked over gRPC at its port: " + reason);
    }

    private static void refuseOptions(Value options, String message, ProcessDraft draft) {
        draft.problems().error(options.keyPlace(), message);
        draft.checked(Checked.UNREADABLE);
    }
}
