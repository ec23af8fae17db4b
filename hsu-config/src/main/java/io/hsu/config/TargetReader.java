package io.hsu.config;

import io.hsu.LogFormat;
import io.hsu.LogTarget;
import io.hsu.Rotation;
import io.hsu.spi.Providers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads lists of log targets. */
final class TargetReader {

    private static final List<String> BUILT_IN =
            List.of("file", "stdout", "process_manager_stdout", "stderr", "process_manager_stderr", "slf4j");
    private static final List<String> FOR_EVERY_TYPE = List.of("type", "format", "prefix");

    private final Providers providers;
    private final Path logDirectory;

    TargetReader(Providers providers, Path logDirectory) {
        this.providers = providers;
        this.logDirectory = logDirectory;
    }

    /** {@return the targets of a list} */
    Optional<List<PlacedTarget>> read(Keys keys, String key, OutputOf output) {
        return keys.read(key, Value::list)
                .map(items -> items.stream()
                        .flatMap(item -> read(item, output).stream())
                        .toList());
    }

    private Optional<PlacedTarget> read(Value item, OutputOf output) {
        return item.read(Value::block).flatMap(block -> {
            Optional<LogTarget> target = block.required(
                            "type", "write one of " + String.join(", ", types()), TargetReader::word)
                    .flatMap(type -> ofType(type, block));
            // Without one the rest is read all the same: what is wrong with it is told, too.
            LogTarget whole = withForm(target.orElse(LogTarget.stdout()), block);
            LogTarget heard = output.stream().map(whole::only).orElse(whole);
            target.ifPresent(readable -> tryOut(heard, block, output));
            if (block.value("type").isEmpty()) {
                block.has("path");
                block.has("rotation");
            }
            block.refuseRest(Section.TARGET);
            return target.map(readable -> new PlacedTarget(item.place(), heard));
        });
    }

    private Optional<LogTarget> ofType(String type, Block block) {
        if (!isAvailable(type)) {
            return unknown(block);
        }
        return switch (type) {
            case "file" -> file(block);
            case "stdout", "process_manager_stdout" -> noFile(LogTarget.stdout(), block);
            case "stderr", "process_manager_stderr" -> noFile(LogTarget.stderr(), block);
            case "slf4j" -> noFile(LogTarget.slf4j(), block);
            default -> provided(type, block);
        };
    }

    private static Optional<LogTarget> file(Block block) {
        Rotation rotation = block.block("rotation", Section.ROTATION, TargetReader::rotation)
                .orElse(Rotation.defaults());
        return block.required("path", "write where the file is to be", TargetReader::file)
                .map(file -> file.rotation(rotation));
    }

    /** As it is written, whatever the system has between folders; but it must be a path here. */
    private static LogTarget file(Value value) {
        value.path();
        return LogTarget.file(value.nonBlank());
    }

    private static Rotation rotation(Block block) {
        Rotation rotation = Rotation.defaults();
        rotation = block.read("max_size", Value::size, rotation::maxSize)
                .map(rotation::maxSize)
                .orElse(rotation);
        rotation = block.read("max_files", value -> value.integer(0, Integer.MAX_VALUE))
                .map(rotation::maxFiles)
                .orElse(rotation);
        rotation = block.read("max_age", Value::duration, rotation::maxAge)
                .map(rotation::maxAge)
                .orElse(rotation);
        return block.read("compress", Value::bool).orElse(false) ? rotation.compressed() : rotation;
    }

    private static Optional<LogTarget> noFile(LogTarget target, Block block) {
        for (String key : List.of("path", "rotation")) {
            if (block.has(key)) {
                block.problems()
                        .error(
                                block.entries().get(key).keyPlace(),
                                "is only for targets of type file, but this one is of type "
                                        + block.value("type").orElseThrow().shown());
            }
        }
        return Optional.of(target);
    }

    /** What its provider is told is everything that is not for every type. */
    private static Optional<LogTarget> provided(String type, Block block) {
        Map<String, Object> settings = new LinkedHashMap<>();
        boolean readable = true;
        for (Map.Entry<String, Value> entry : settings(block).entrySet()) {
            Optional<Value> value = block.value(entry.getKey());
            Optional<Object> setting = value.flatMap(present -> present.read(Value::plain));
            setting.ifPresent(plain -> settings.put(entry.getKey(), plain));
            readable &= setting.isPresent() || value.isEmpty();
        }
        return readable ? Optional.of(LogTarget.of(typeOf(type), settings)) : Optional.empty();
    }

    private static Map<String, Value> settings(Block block) {
        Map<String, Value> settings = new LinkedHashMap<>(block.entries());
        settings.keySet().removeAll(FOR_EVERY_TYPE);
        return settings;
    }

    /** Which keys a target of this type has, nobody knows: none of them is an unknown one. */
    private Optional<LogTarget> unknown(Block block) {
        block.entries().keySet().forEach(block::has);
        Value type = block.value("type").orElseThrow();
        List<String> types = types();
        Optional<String> nearest = type.isSecret()
                ? Optional.empty()
                : DidYouMean.nearest(type.nonBlank().strip(), types);
        type.error("unknown target type '%s'; available are %s; %s"
                .formatted(
                        type.shown(),
                        String.join(", ", types),
                        nearest.map("did you mean '%s'?"::formatted)
                                .orElse("add the module that provides it, or a LogSinkProvider")));
        return Optional.empty();
    }

    private static LogTarget withForm(LogTarget target, Block block) {
        Optional<LogFormat> format =
                block.read("format", value -> value.word(LogFormat.class, Map.of("structured_json", LogFormat.JSON)));
        Optional<String> prefix = block.read("prefix", Value::text).filter(text -> !text.isEmpty());
        if (target.type().equals(LogTarget.SLF4J)) {
            String reason =
                    "means nothing to slf4j, where the logging framework decides how lines are written; remove it";
            format.filter(other -> other != LogFormat.PLAIN).ifPresent(other -> refuse(block, "format", reason));
            prefix.ifPresent(text -> refuse(block, "prefix", reason));
        } else if (prefix.isPresent() && format.equals(Optional.of(LogFormat.JSON))) {
            refuse(
                    block,
                    "prefix",
                    "means nothing to format json, where each line is a JSON object and nothing else; remove it, or change the format");
        }
        return target.format(format.orElse(LogFormat.PLAIN)).prefix(prefix.orElse(""));
    }

    private static void refuse(Block block, String key, String reason) {
        block.problems().error(block.entries().get(key).keyPlace(), reason);
    }

    /** Makes the sink and ends it again, so that what its provider refuses is told here, and not by the manager. */
    private void tryOut(LogTarget target, Block block, OutputOf output) {
        try {
            providers
                    .logSink(target.type(), new SinkTrial(target, output, logDirectory))
                    .close();
        } catch (IOException | RuntimeException e) {
            ProviderMessage.report(
                    block.self().redacted(ProviderMessage.of(e, "target")),
                    settings(block),
                    block.value("type").orElseThrow().place(),
                    block.problems());
        }
    }

    /** Even those that are built in are not, to a class loader that does not see them. */
    private boolean isAvailable(String word) {
        return providers.logSinkTypes().contains(typeOf(word));
    }

    /** {@return the words that may be written} */
    private List<String> types() {
        Stream<String> others = providers.logSinkTypes().stream().filter(type -> !BUILT_IN.contains(type));
        return Stream.concat(BUILT_IN.stream(), others)
                .filter(this::isAvailable)
                .toList();
    }

    /** {@return what the provider of a type is called} */
    private static String typeOf(String word) {
        return switch (word) {
            case "process_manager_stdout" -> LogTarget.STDOUT;
            case "process_manager_stderr" -> LogTarget.STDERR;
            default -> word.replace('_', '-');
        };
    }

    private static String word(Value value) {
        return value.nonBlank().strip().toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
