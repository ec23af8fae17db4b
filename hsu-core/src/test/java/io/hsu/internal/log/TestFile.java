package io.hsu.internal.log;

import io.hsu.LogTarget;
import io.hsu.Rotation;
import io.hsu.StreamKind;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.Settings;
import io.hsu.testkit.ManualExecutor;
import io.hsu.testkit.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A file that lines go to, with its clock and its background in the test's hands. */
final class TestFile implements AutoCloseable {

    private static final Origin ORIGIN = TestLines.origin("api", StreamKind.STDOUT);

    final Path path;
    final ManualTime time = new ManualTime();
    final ManualExecutor background = new ManualExecutor();
    final FileSink sink;

    private final LineFormat plain;
    /** How far the clock is set ahead of the time that has gone by. */
    private Duration ahead = Duration.ZERO;

    TestFile(Path path, Rotation rotation) {
        this.path = path;
        LogTarget target = LogTarget.file(path).rotation(rotation);
        this.sink = new FileSink(path, rotation, new Context(target));
        this.plain = LineFormat.of(target, "manager", "host");
    }

    /** {@return what the sink's clock says} */
    Instant now() {
        return time.now().plus(ahead);
    }

    void advance(Duration duration) {
        time.advance(duration, () -> {});
    }

    /** Sets the clock: forward, or back. */
    void setClock(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Brings whole lines. */
    void lines(String... texts) throws IOException {
        sink.write(batch(texts));
    }

    Batch batch(String... texts) {
        return new Batch(TestLines.of(ORIGIN, texts), plain);
    }

    /** Brings bytes as they come from a launch that goes on. */
    void raw(String bytes) throws IOException {
        raw(bytes.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Brings the first bytes of a launch. */
    void rawFirst(String bytes) throws IOException {
        raw(bytes.getBytes(StandardCharsets.UTF_8), true);
    }

    void raw(byte[] bytes, boolean beginsStream) throws IOException {
        sink.writeRaw(ByteBuffer.wrap(bytes), beginsStream);
    }

    /** {@return what was set aside, in the order of the names} */
    List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith(path.getFileName() + ".")
                            && !file.toString().endsWith(".tmp"))
                    .sorted()
                    .toList();
        }
    }

    List<String> archiveNames() throws IOException {
        return archives().stream().map(file -> file.getFileName().toString()).toList();
    }

    /** {@return the texts of what was set aside, in the order of the names} */
    List<String> archived() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path archive : archives()) {
            texts.add(text(archive));
        }
        return texts;
    }

    String current() throws IOException {
        return Files.readString(path);
    }

    /** {@return everything that is there, oldest first} */
    String all() throws IOException {
        return String.join("", archived()) + (Files.exists(path) ? current() : "");
    }

    /** {@return what a file holds, compressed or not} */
    static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            plain.transferTo(text);
            return text.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    private final class Context implements LogSinkContext {
        private final LogTarget target;

        Context(LogTarget target) {
            this.target = target;
        }

        @Override
        public LogTarget target() {
            return target;
        }

        @Override
        public Settings settings() {
            return new Settings(target.settings());
        }

        @Override
        public Optional<String> processId() {
            return Optional.of("api");
        }

        @Override
        public Optional<StreamKind> stream() {
            return Optional.empty();
        }

        @Override
        public Path file(String path) {
            return Path.of(path);
        }

        @Override
        public InstantSource clock() {
            return TestFile.this::now;
        }

        @Override
        public Executor background() {
            return background;
        }
    }
}
