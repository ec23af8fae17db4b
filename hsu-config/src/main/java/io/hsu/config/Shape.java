package io.hsu.config;

import io.hsu.CheckRole;
import io.hsu.Metadata;
import io.hsu.spi.Providers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code management} says about a process, in one of its two shapes. */
final class Shape {

    private static final List<String> FLAT_KEYS = List.of(
            "control",
            "health_check",
            "health_check_run_options",
            "resource_limits",
            "restart_policy",
            "logging",
            "discovery");

    private final Providers providers;
    private final LogBlock logs;
    private final Map<String, String> environment;

    Shape(Providers providers, LogBlock logs, Map<String, String> environment) {
        this.providers = providers;
        this.logs = logs;
        this.environment = environment;
    }

    /** Reads the one shape that is there; both, or none, is refused. */
    void read(Block process, Block management, ProcessDraft draft) {
        List<String> types = Value.words(ProcessType.class);
        List<String> nested = types.stream().filter(management::has).toList();
        List<String> flat =
                FLAT_KEYS.stream().filter(management.entries()::containsKey).toList();
        if (management.entries().isEmpty()) {
            draft.checked(ProcessDraft.Checked.UNREADABLE);
            error(management.self(), "is empty; write '%s:' or 'control:' below it".formatted(draft.type.key()));
            OwnKeys.read(process, Optional.empty(), providers, draft);
        } else if (nested.isEmpty()) {
            readFlat(process, management, draft);
        } else if (flat.isEmpty()) {
            readNested(process, management, nested, draft);
        } else {
            draft.checked(ProcessDraft.Checked.UNREADABLE);
            error(
                    management.entries().get(flat.get(0)),
                    "stands beside '%1$s', but a process has one shape; move it below '%1$s', or take that level away"
                            .formatted(nested.get(0)));
            FLAT_KEYS.forEach(management::has);
            OwnKeys.read(process, Optional.empty(), providers, draft);
        }
    }

    private void readNested(Block process, Block management, List<String> types, ProcessDraft draft) {
        String own = draft.type.key();
        for (String other : types) {
            if (!other.equals(own)) {
                error(
                        management.entries().get(other),
                        "is for processes of type %s, but this one is of type %s; remove it, or change the type"
                                .formatted(other, own));
            }
        }
        Optional<Block> type = types.contains(own)
                ? management.required(own, "write a control below it", Value::block)
                : Optional.empty();
        if (type.isEmpty()) {
            draft.checked(ProcessDraft.Checked.UNREADABLE);
            OwnKeys.read(process, Optional.empty(), providers, draft);
            return;
        }
        type.get().inBlock("metadata", Section.METADATA, metadata -> readMetadata(metadata, draft));
        readLiveness(type.get(), draft);
        Optional<Block> control =
                type.get().required("control", "write 'control:' with an execution below it", Value::block);
        control.ifPresent(block -> readNestedControl(block, draft));
        OwnKeys.read(process, control, providers, draft);
        PortCheck.addIfNoneIs(type.get(), providers, draft);
        control.ifPresent(block -> block.refuseRest(Section.NESTED_CONTROL));
        type.get().refuseRest(Section.TYPE);
    }

    private static void readMetadata(Block metadata, ProcessDraft draft) {
        draft.spec.metadata(new Metadata(
                metadata.read("name", Value::text).orElse(""),
                metadata.read("description", Value::text).orElse(""),
                metadata.read("version", Value::text).orElse(""),
                metadata.read("tags", Value::texts).orElse(List.of())));
    }

    private void readNestedControl(Block control, ProcessDraft draft) {
        control.required("execution", "write 'execution:' with an executable_path below it", Value::block)
                .ifPresent(execution -> {
                    new Execution("executable_path", "args", environment).read(execution, draft);
                    execution.set("wait_delay", Value::duration, draft.spec::startTimeout);
                    execution.refuseRest(Section.EXECUTION);
                });
        RestartBlock.readNested(control, providers, draft);
        control.set("graceful_timeout", Value::duration, draft.spec::stopTimeout);
        control.block("log_collection", Section.LOG_OF_PROCESS, block -> logs.readProcess(block, draft.id))
                .ifPresent(log -> draft.log = log);
    }

    private void readFlat(Block process, Block management, ProcessDraft draft) {
        readLiveness(management, draft);
        RestartBlock.readFlat(management, providers, draft);
        management.block("logging", Section.LOGGING, logs::readLogging).ifPresent(log -> draft.log = log);
        Optional<Block> control =
                management.required("control", "write 'control:' with an executable below it", Value::block);
        control.ifPresent(block -> {
            new Execution("executable", "arguments", environment).read(block, draft);
            block.set("startup_timeout", Value::duration, draft.spec::startTimeout);
            block.set("shutdown_timeout", Value::duration, draft.spec::stopTimeout);
        });
        OwnKeys.read(process, control, providers, draft);
        PortCheck.addIfNoneIs(management, providers, draft);
        control.ifPresent(block -> block.refuseRest(Section.FLAT_CONTROL));
    }

    private void readLiveness(Block block, ProcessDraft draft) {
        HealthBlock.read(block, "health_check", CheckRole.LIVENESS, providers, draft);
        PortCheck.read(block, providers, draft);
    }

    private static void error(Value at, String message) {
        at.source().problems().error(at.keyPlace(), message);
    }
}
