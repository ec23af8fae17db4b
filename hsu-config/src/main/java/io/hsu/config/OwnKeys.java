package io.hsu.config;

import io.hsu.CheckRole;
import io.hsu.Dependency.Condition;
import io.hsu.Signal;
import io.hsu.spi.Providers;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys that only HSU for Java has. They stand on the process itself or in its {@code control}, in either shape. */
final class OwnKeys {

    static void read(Block process, Optional<Block> control, Providers providers, ProcessDraft draft) {
        Keys keys = control.<Keys>map(inner -> new Either(process, inner)).orElse(process);
        HealthBlock.read(keys, "readiness_check", CheckRole.READINESS, providers, draft);
        HealthBlock.read(keys, "startup_check", CheckRole.STARTUP, providers, draft);
        RestartBlock.readOwn(keys, draft);
        keys.set("stop_signal", OwnKeys::signal, draft.spec::stopSignal);
        keys.set("stop_command", OwnKeys::command, draft.spec::stopCommand);
        keys.set(
                "success_exit_codes",
                value -> new LinkedHashSet<>(value.list(code -> code.integer(0, 255))),
                draft.spec::successExitCodes);
        Optional<Path> environmentFile = keys.read("environment_file", Value::path);
        environmentFile.ifPresent(draft.spec::environmentFile);
        boolean clear = keys.read("clear_environment", Value::bool).orElse(false);
        if (clear) {
            draft.spec.clearEnvironment();
        }
        draft.executable.ifPresent(search -> search.warnIfMissing(clear, environmentFile.isPresent()));
        keys.value("depends_on").ifPresent(value -> readDependencies(value, draft));
    }

    private static Signal signal(Value value) {
        String name = value.text().strip().toUpperCase(Locale.ROOT);
        String bare = name.startsWith("SIG") ? name.substring("SIG".length()) : name;
        for (Signal signal : Signal.values()) {
            if (signal.name().equals(bare)) {
                return signal;
            }
        }
        return value.word(Signal.class);
    }

    private static List<String> command(Value value) {
        return value.isList() ? value.words() : List.of(value.nonBlank());
    }

    private static void readDependencies(Value value, ProcessDraft draft) {
        if (value.isList()) {
            value.list()
                    .forEach(item -> item.read(Value::nonBlank)
                            .ifPresent(id -> add(item, id, item.shown(), Condition.STARTED, draft)));
            return;
        }
        value.read(Value::block)
                .ifPresent(block -> block.entries()
                        .forEach((id, entry) -> add(entry, id, Shown.word(id), condition(entry), draft)));
    }

    private static Condition condition(Value entry) {
        if (entry.isNull()) {
            return Condition.STARTED;
        }
        return entry.read(Value::block)
                .flatMap(block -> {
                    Optional<Condition> condition = block.read("condition", value -> value.word(Condition.class));
                    block.refuseRest(Section.DEPENDENCY);
                    return condition;
                })
                .orElse(Condition.STARTED);
    }

    private static void add(Value at, String id, String shownId, Condition condition, ProcessDraft draft) {
        if (draft.dependencies.stream().anyMatch(edge -> edge.id().equals(id))) {
            at.error("'%s' is there twice; keep one of them".formatted(shownId));
        } else {
            draft.dependencies.add(new ProcessDraft.Edge(at, id, shownId, condition));
        }
    }

    private OwnKeys() {}
}
