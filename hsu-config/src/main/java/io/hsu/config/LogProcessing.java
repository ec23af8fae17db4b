package io.hsu.config;

import io.hsu.LogFilter;
import io.hsu.LogLevel;
import io.hsu.LogParser;
import io.hsu.OutputSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code processing}: which lines go on, how they are understood, and what is said about them. */
record LogProcessing(
        Optional<Boolean> structured, Optional<Boolean> metadata, Filters filters, Optional<List<LogParser>> parsers) {

    static final LogProcessing NONE =
            new LogProcessing(Optional.empty(), Optional.empty(), Filters.NONE, Optional.empty());

    /** {@code filters}. */
    record Filters(Optional<LogLevel> level, Optional<List<Pattern>> includes, Optional<List<Pattern>> excludes) {

        static final Filters NONE = new Filters(Optional.empty(), Optional.empty(), Optional.empty());

        static Filters read(Block block) {
            return new Filters(
                    block.read("level_filter", value -> value.word(LogLevel.class, Map.of("warning", LogLevel.WARN))),
                    block.read("include_patterns", value -> value.list(Value::pattern)),
                    block.read("exclude_patterns", value -> value.list(Value::pattern)));
        }

        Filters over(Filters below) {
            return new Filters(level.or(below::level), includes.or(below::includes), excludes.or(below::excludes));
        }

        LogFilter toFilter() {
            LogFilter filter = level.map(LogFilter.none()::minLevel).orElse(LogFilter.none());
            for (Pattern pattern : includes.orElse(List.of())) {
                filter = filter.include(pattern);
            }
            for (Pattern pattern : excludes.orElse(List.of())) {
                filter = filter.exclude(pattern);
            }
            return filter;
        }
    }

    static LogProcessing read(Block block) {
        return new LogProcessing(
                block.read("parse_structured", Value::bool),
                block.read("add_metadata", Value::bool),
                block.block("filters", Section.FILTERS, Filters::read).orElse(Filters.NONE),
                block.read("parsers", Value::list).map(LogProcessing::readParsers));
    }

    /** {@return the enabled ones, in the order of the list} */
    private static List<LogParser> readParsers(List<Value> items) {
        Map<LogParser, Boolean> parsers = new LinkedHashMap<>();
        for (Value item : items) {
            item.read(Value::block).ifPresent(block -> {
                Optional<LogParser> parser = block.required(
                        "type",
                        "write one of " + String.join(", ", Value.words(LogParser.class)),
                        value -> value.word(LogParser.class));
                boolean enabled = block.read("enabled", Value::bool).orElse(true);
                block.inBlock("config", Section.PARSER_CONFIG, config -> {});
                block.refuseRest(Section.PARSER);
                if (parser.isPresent() && parsers.putIfAbsent(parser.get(), enabled) != null) {
                    Value type = block.value("type").orElseThrow();
                    type.error("'%s' is there twice; keep one of them".formatted(type.shown()));
                }
            });
        }
        return parsers.keySet().stream().filter(parsers::get).toList();
    }

    LogProcessing over(LogProcessing below) {
        return new LogProcessing(
                structured.or(below::structured),
                metadata.or(below::metadata),
                filters.over(below.filters()),
                parsers.or(below::parsers));
    }

    void applyTo(OutputSpec.Builder output) {
        output.filter(filters.toFilter());
        output.parsers(toParsers().toArray(LogParser[]::new));
        if (!metadata.orElse(true)) {
            output.fields();
        }
    }

    /** A list that is written says that lines are to be parsed; so does {@code parse_structured}, by whatever there is. */
    private List<LogParser> toParsers() {
        if (!structured.orElse(true)) {
            return List.of();
        }
        return parsers.orElse(structured.isPresent() ? List.of(LogParser.JSON, LogParser.LOGFMT) : List.of());
    }
}
