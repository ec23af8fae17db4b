package io.hsu.internal.log;

import io.hsu.LogField;
import io.hsu.LogLevel;
import io.hsu.LogParser;
import io.hsu.LogTarget;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes lines as a target wants them. Immutable and safe for use by many threads. */
abstract class LineFormat {

    private static final String PROCESS_ID = "{process_id}";

    /**
     * {@return the format of a target}
     *
     * @param managerId what the manager is called
     * @param host what its host is called
     */
    static LineFormat of(LogTarget target, String managerId, String host) {
        String prefix = target.prefix();
        return switch (target.format()) {
            case PLAIN -> new Plain(prefix);
            case ENHANCED_PLAIN -> new Enhanced(prefix, managerId, host);
            case JSON -> new Json(managerId, host);
        };
    }

    /** Writes a line, with its newline. */
    abstract void write(LineTable lines, int index, ByteArray out);

    /** {@return whether a line is written as it came} */
    boolean isVerbatim() {
        return false;
    }

    /** {@return a word for messages} */
    @Override
    public String toString() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static byte[] name(String text) {
        return ByteArray.of(text);
    }

    /** What stands before each line. */
    private static final class Prefix {
        /** Between them stands the process. */
        private final byte[][] parts;

        Prefix(String text) {
            boolean apart = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
            String whole = apart ? text : text + " ";
            parts = Stream.of(whole.split(Pattern.quote(PROCESS_ID), -1))
                    .map(LineFormat::name)
                    .toArray(byte[][]::new);
        }

        void write(LineTable lines, ByteArray out) {
            out.add(parts[0]);
            for (int index = 1; index < parts.length; index++) {
                out.add(lines.origin().processName());
                out.add(parts[index]);
            }
        }

        boolean isEmpty() {
            return parts.length == 1 && parts[0].length == 0;
        }
    }

    /** The bytes as they came. */
    private static final class Plain extends LineFormat {
        private final Prefix prefix;

        Plain(String prefix) {
            this.prefix = new Prefix(prefix);
        }

        @Override
        void write(LineTable lines, int index, ByteArray out) {
            prefix.write(lines, out);
            out.add(lines.bytes(), lines.start(index), lines.end(index));
            out.add('\n');
        }

        @Override
        boolean isVerbatim() {
            return prefix.isEmpty();
        }
    }

    /** Time, source, {@code name=value}, a bar, the bytes as they came. */
    private static final class Enhanced extends LineFormat {
        private static final byte[] SEQUENCE = name(" seq=");
        private static final byte[] LINE = name(" line=");
        private static final byte[] SPLIT = name(" split=true");
        private static final byte[] BAR = name(" | ");

        private final Prefix prefix;
        private final byte[] manager;
        private final byte[] host;

        Enhanced(String prefix, String managerId, String host) {
            this.prefix = new Prefix(prefix);
            this.manager = name(" manager=" + managerId);
            this.host = name(" host=" + host);
        }

        @Override
        void write(LineTable lines, int index, ByteArray out) {
            Origin origin = lines.origin();
            prefix.write(lines, out);
            if (origin.fields().contains(LogField.TIMESTAMP)) {
                out.add(lines.timestamp());
                out.add(' ');
            }
            out.add(origin.processName());
            out.add(' ');
            out.add(origin.streamName());
            if (origin.fields().contains(LogField.HOST)) {
                out.add(host);
            }
            if (origin.fields().contains(LogField.MANAGER_ID)) {
                out.add(manager);
            }
            if (origin.fields().contains(LogField.SEQUENCE)) {
                out.add(SEQUENCE);
                out.addNumber(lines.sequence(index));
            }
            if (origin.fields().contains(LogField.LINE_NUMBER)) {
                out.add(LINE);
                out.addNumber(lines.number(index));
            }
            if (lines.isSplit(index)) {
                out.add(SPLIT);
            }
            out.add(BAR);
            out.add(lines.bytes(), lines.start(index), lines.end(index));
            out.add('\n');
        }
    }

    /** One JSON object a line. */
    private static final class Json extends LineFormat {
        private static final byte[] TIME = name("\"time\":\"");
        private static final byte[] PROCESS = name("\"process\":\"");
        private static final byte[] STREAM = name("\",\"stream\":\"");
        private static final byte[] SEQUENCE = name(",\"seq\":");
        private static final byte[] LINE = name(",\"line\":");
        private static final byte[] LEVEL = name(",\"level\":\"");
        private static final byte[] SPLIT = name(",\"split\":true");
        private static final byte[] MESSAGE = name(",\"message\":\"");
        private static final byte[] FIELDS = name(",\"fields\":");
        private static final Map<LogLevel, byte[]> LEVELS = new EnumMap<>(LogLevel.class);

        static {
            for (LogLevel level : LogLevel.values()) {
                LEVELS.put(level, name(level.name().toLowerCase(Locale.ROOT)));
            }
        }

        private final byte[] manager;
        private final byte[] host;

        Json(String managerId, String host) {
            this.manager = member("manager", managerId);
            this.host = member("host", host);
        }

        private static byte[] member(String name, String value) {
            ByteArray out = new ByteArray();
            out.add(LineFormat.name(",\"" + name + "\":\""));
            byte[] text = ByteArray.of(value);
            JsonText.escape(text, 0, text.length, out);
            out.add('"');
            return java.util.Arrays.copyOf(out.bytes(), out.length());
        }

        @Override
        void write(LineTable lines, int index, ByteArray out) {
            Origin origin = lines.origin();
            out.add('{');
            if (origin.fields().contains(LogField.TIMESTAMP)) {
                out.add(TIME);
                out.add(lines.timestamp());
                out.add('"');
                out.add(',');
            }
            out.add(PROCESS);
            out.add(origin.processName());
            out.add(STREAM);
            out.add(origin.streamName());
            out.add('"');
            if (origin.fields().contains(LogField.HOST)) {
                out.add(host);
            }
            if (origin.fields().contains(LogField.MANAGER_ID)) {
                out.add(manager);
            }
            if (origin.fields().contains(LogField.SEQUENCE)) {
                out.add(SEQUENCE);
                out.addNumber(lines.sequence(index));
            }
            if (origin.fields().contains(LogField.LINE_NUMBER)) {
                out.add(LINE);
                out.addNumber(lines.number(index));
            }
            LogLevel level = lines.level(index);
            if (level != null) {
                out.add(LEVEL);
                out.add(LEVELS.get(level));
                out.add('"');
            }
            if (lines.isSplit(index)) {
                out.add(SPLIT);
            }
            content(lines, index, out);
            out.add('}');
            out.add('\n');
        }

        private static void content(LineTable lines, int index, ByteArray out) {
            byte[] bytes = lines.bytes();
            int start = lines.start(index);
            int end = lines.end(index);
            LogParser parser = parser(lines, index);
            long message = parser == LogParser.JSON ? JsonLine.message(bytes, start, end) : -1;
            out.add(MESSAGE);
            if (message >= 0) {
                out.add(bytes, JsonLine.from(message), JsonLine.to(message));
            } else {
                JsonText.escape(bytes, start, end, out);
            }
            out.add('"');
            if (parser == LogParser.JSON) {
                out.add(FIELDS);
                out.add(bytes, start, end);
            } else if (parser == LogParser.LOGFMT) {
                out.add(FIELDS);
                Logfmt.toJson(bytes, start, end, out);
            }
        }

        /** {@return the first parser that understands the line; null if none does} A piece of a line is not understood. */
        private static LogParser parser(LineTable lines, int index) {
            for (LogParser parser : lines.origin().parsers()) {
                boolean understood = switch (parser) {
                    case JSON -> JsonLine.isObject(lines.bytes(), lines.start(index), lines.end(index));
                    case LOGFMT -> Logfmt.isPairs(lines.bytes(), lines.start(index), lines.end(index));
                };
                if (understood) {
                    return parser;
                }
            }
            return null;
        }
    }
}
