package io.hsu.internal.log;

import io.hsu.LogLine;
import io.hsu.OutputSpec.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the sink of a target. */
final class Sinks {

    static Sink of(String processId, Target target, Path logDirectory) {
        if (target instanceof Target.File file) {
            return new ToFile(LogFiles.resolve(processId, file.path(), logDirectory));
        }
        if (target instanceof Target.Slf4j) {
            Logger logger = LoggerFactory.getLogger("hsu.process.%s.%s".formatted(processId, target.stream()));
            return new ToLogger(logger);
        }
        if (target instanceof Target.ManagerStdout stdout) {
            return ToPrintStream.of(System.out, LogFiles.named(processId, stdout.prefix()));
        }
        return ToPrintStream.of(System.err, LogFiles.named(processId, ((Target.ManagerStderr) target).prefix()));
    }

    /** Appends the bytes to a file, which is opened when there are any. */
    private static final class ToFile implements Sink {
        private final Path path;
        private OutputStream out;
        private boolean closed;

        ToFile(Path path) {
            this.path = path;
        }

        @Override
        public synchronized void bytes(byte[] bytes, int offset, int count) throws IOException {
            if (closed) {
                return; // what survived a stop may still write; nobody would close the file again
            }
            if (out == null) {
                Files.createDirectories(path.getParent());
                out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            out.write(bytes, offset, count);
        }

        @Override
        public synchronized void close() throws IOException {
            closed = true;
            if (out != null) {
                out.close();
                out = null;
            }
        }

        @Override
        public String toString() {
            return "file " + path;
        }
    }

    private record ToLogger(Logger logger) implements Sink {
        @Override
        public void line(LogLine line) {
            logger.info("{}", line.text());
        }

        @Override
        public String toString() {
            return "logger " + logger.getName();
        }
    }

    private record ToPrintStream(PrintStream out, String prefix) implements Sink {

        static Sink of(PrintStream out, String prefix) {
            boolean apart = prefix.isEmpty() || Character.isWhitespace(prefix.charAt(prefix.length() - 1));
            return new ToPrintStream(out, apart ? prefix : prefix + " ");
        }

        @Override
        public void line(LogLine line) {
            out.println(prefix + line.text());
        }

        @Override
        public String toString() {
            return "the manager's output";
        }
    }

    private Sinks() {}
}
