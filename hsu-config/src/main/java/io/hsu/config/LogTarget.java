package io.hsu.config;

import io.hsu.OutputSpec.Target;
import io.hsu.StreamKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One entry of a list of log targets, for whichever stream the list is for. */
record LogTarget(Function<StreamKind, Target> forStream) {

    private static final List<String> TYPES = List.of("file", "stdout", "process_manager_stdout", "stderr", "slf4j");
    /** Names that Go reserves. */
    private static final List<String> TYPES_TO_COME = List.of("syslog", "elasticsearch");

    private static final String PLAIN = "plain";
    private static final List<String> FORMATS_TO_COME = List.of("enhanced_plain", "json", "structured_json");

    static Optional<LogTarget> read(Value item) {
        return item.read(Value::block).flatMap(block -> {
            Optional<LogTarget> target = block.required(
                            "type", "write one of " + String.join(", ", TYPES), LogTarget::word)
                    .flatMap(type -> ofType(type, block));
            // Asked for here as well, so that a target of an unknown type does not make them unknown keys.
            block.has("path");
            block.has("prefix");
            checkFormat(block);
            block.refuseRest(Section.TARGET);
            return target;
        });
    }

    /** {@return the targets of a list, list order first, for each of the streams} */
    static List<Target> all(List<LogTarget> targets, StreamKind... streams) {
        return targets.stream()
                .flatMap(target -> Arrays.stream(streams).map(target.forStream()))
                .toList();
    }

    private static Optional<LogTarget> ofType(String type, Block block) {
        return switch (type) {
            case "file" -> {
                noPrefix(block);
                yield block.required("path", "write where the file is to be", Value::path)
                        .map(path -> new LogTarget(stream -> new Target.File(stream, path)));
            }
            case "slf4j" -> {
                noPath(block);
                noPrefix(block);
                yield Optional.of(new LogTarget(Target.Slf4j::new));
            }
            case "stdout", "process_manager_stdout" -> {
                noPath(block);
                String prefix = block.read("prefix", Value::text).orElse("");
                yield Optional.of(new LogTarget(stream -> new Target.ManagerStdout(stream, prefix)));
            }
            case "stderr" -> {
                noPath(block);
                String prefix = block.read("prefix", Value::text).orElse("");
                yield Optional.of(new LogTarget(stream -> new Target.ManagerStderr(stream, prefix)));
            }
            default -> {
                Value value = block.value("type").orElseThrow();
                if (TYPES_TO_COME.contains(type)) {
                    block.problems()
                            .notSupportedYet(
                                    value.place(),
                                    "type '%s' (available are %s)".formatted(value.shown(), String.join(", ", TYPES)),
                                    "the target is left out");
                } else {
                    value.error("unknown target type '%s'; available are %s"
                            .formatted(value.shown(), String.join(", ", TYPES)));
                }
                yield Optional.empty();
            }
        };
    }

    private static void noPrefix(Block block) {
        block.value("prefix")
                .ifPresent(prefix ->
                        block.problems().notSupportedYet(prefix.keyPlace(), "'prefix' for a file or slf4j", "ignored"));
    }

    private static void noPath(Block block) {
        block.value("path")
                .ifPresent(path -> block.problems()
                        .error(
                                path.keyPlace(),
                                "is only for targets of type file, but this one is of type "
                                        + block.value("type").orElseThrow().shown()));
    }

    private static void checkFormat(Block block) {
        block.set(
                "format",
                value -> {
                    String format = word(value);
                    if (FORMATS_TO_COME.contains(format)) {
                        block.problems()
                                .notSupportedYet(
                                        value.place(), "format '%s'".formatted(value.shown()), "it is plain instead");
                    } else if (!format.equals(PLAIN)) {
                        throw new IllegalArgumentException("must be plain, but is '%s'".formatted(value.shown()));
                    }
                    return format;
                },
                format -> {});
    }

    private static String word(Value value) {
        return value.nonBlank().strip().toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
