package io.hsu.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is run, with what, and where. The two shapes differ in the names of two keys. */
record Execution(String executableKey, String argumentsKey, Map<String, String> environment) {

    void read(Block block, ProcessDraft draft) {
        List<String> arguments = block.read(argumentsKey, Value::words).orElse(List.of());
        Map<String, String> variables = new HashMap<>();
        block.value("environment").ifPresent(value -> readEnvironment(value, draft, variables));
        block.required(executableKey, "write the executable's path, or its name in the PATH", Value::nonBlank)
                .ifPresent(executable -> {
                    Value at = block.value(executableKey).orElseThrow();
                    List<String> command = new ArrayList<>();
                    command.add(executable);
                    command.addAll(arguments);
                    draft.hasCommand =
                            at.read(value -> draft.spec.command(command)).isPresent();
                    at.read(Value::path).filter(path -> draft.hasCommand).ifPresent(path -> {
                        workIn(path, draft);
                        draft.executable = Optional.of(new ExecutableSearch(
                                at, path, Optional.ofNullable(variables.get("PATH")), environment.get("PATH")));
                    });
                });
        block.set("working_directory", Value::path, draft.spec::workingDirectory);
    }

    /** Where nothing else is said: in the executable's folder, as the other HSU process managers do. */
    private static void workIn(Path executable, ProcessDraft draft) {
        if (executable.getParent() != null) {
            draft.spec.workingDirectory(executable.getParent());
        }
    }

    private static void readEnvironment(Value value, ProcessDraft draft, Map<String, String> variables) {
        if (value.isList()) {
            value.list().forEach(item -> readPair(item, draft, variables));
            return;
        }
        value.read(Value::block)
                .ifPresent(block -> block.entries().forEach((name, variable) -> {
                    if (variable.isNull()) {
                        variable.error("has no value; write \"\" for an empty one, or remove it");
                    } else {
                        variable.read(Value::text).ifPresent(text -> add(variable, name, text, draft, variables));
                    }
                }));
    }

    /** The message must not show the item: with the name forgotten, it is the value. */
    private static void readPair(Value item, ProcessDraft draft, Map<String, String> variables) {
        item.read(Value::text).ifPresent(pair -> {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                item.error("must look like NAME=value");
            } else if (variables.containsKey(pair.substring(0, equals))) {
                String name = item.isSecret() ? item.shown() : Shown.word(pair.substring(0, equals));
                item.error("%s is there twice; keep one of them".formatted(name));
            } else {
                add(item, pair.substring(0, equals), pair.substring(equals + 1), draft, variables);
            }
        });
    }

    private static void add(Value at, String name, String text, ProcessDraft draft, Map<String, String> variables) {
        variables.put(name, text);
        at.read(value -> draft.spec.environment(name, text));
    }
}
