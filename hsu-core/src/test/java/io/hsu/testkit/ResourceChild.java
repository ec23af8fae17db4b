package io.hsu.testkit;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A child that uses what it is told to use: memory, processor time, bytes, files, threads, children. What it is told comes line by
 * line, and it answers each line with another when it has done it.
 */
public final class ResourceChild implements AutoCloseable {

    private static final int PAGE = 4096;
    private static final String READY = "ready";

    private final Process process;
    private final BufferedReader answers;

    /** Starts one that can be found by a mark. */
    public ResourceChild(Marked marked) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=1g",
                "-cp",
                System.getProperty("java.class.path"),
                ResourceChild.class.getName());
        builder.environment().put(Marked.VARIABLE, marked.mark());
        process = builder.redirectError(Redirect.INHERIT).start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        answer();
    }

    public long pid() {
        return process.pid();
    }

    /** Has it take so much memory and write to all of it. */
    public void allocate(long bytes) throws IOException {
        tell("allocate " + bytes);
    }

    /** {@return how much processor time it has used for that; about as much as it was told to} */
    public Duration burn(Duration time) throws IOException {
        return Duration.ofNanos(Long.parseLong(tell("burn " + time.toNanos())));
    }

    /** Has it write so many bytes to a file, in pieces of a page. */
    public void write(Path file, long bytes) throws IOException {
        tell("write " + bytes + " " + file);
    }

    /** Has it open a file so many times, and keep it open. */
    public void open(Path file, int times) throws IOException {
        tell("open " + times + " " + file);
    }

    /** Has it start so many threads. */
    public void threads(int count) throws IOException {
        tell("threads " + count);
    }

    /** Has it start so many children that sleep. */
    public void children(int count) throws IOException {
        tell("children " + count);
    }

    private String tell(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        return answer();
    }

    private String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new AssertionError("the child has ended");
        }
        return answer;
    }

    /** Kills it; its children stay. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    // In the child.

    private static final List<Object> kept = new ArrayList<>();

    /** Works until its input ends. */
    public static void main(String[] arguments) throws IOException {
        cpuTime(); // what is needed for that is loaded now
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(READY);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 3);
            System.out.println(work(words[0], Long.parseLong(words[1]), words.length > 2 ? words[2] : ""));
        }
    }

    private static String work(String what, long count, String file) throws IOException {
        switch (what) {
            case "allocate" -> kept.add(touched((int) count));
            case "burn" -> {
                return Long.toString(burnNanos(count));
            }
            case "write" -> writeFile(file, count);
            case "open" -> repeat(count, () -> kept.add(opened(file)));
            case "threads" -> repeat(count, ResourceChild::startThread);
            case "children" -> repeat(count, ResourceChild::startChild);
            default -> throw new IllegalArgumentException(what);
        }
        return READY;
    }

    private static void repeat(long count, Runnable task) {
        for (long i = 0; i < count; i++) {
            task.run();
        }
    }

    private static ByteBuffer touched(int bytes) {
        ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
        for (int at = 0; at < bytes; at += PAGE) {
            memory.put(at, (byte) 1);
        }
        return memory;
    }

    private static long burnNanos(long nanos) {
        long before = cpuTime();
        while (cpuTime() - before < nanos) {
            double nothing = 1;
            for (int i = 1; i < 1_000_000; i++) {
                nothing = nothing * i % 7;
            }
            kept.set(0, nothing);
        }
        return cpuTime() - before;
    }

    private static long cpuTime() {
        if (kept.isEmpty()) {
            kept.add("");
        }
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static void writeFile(String file, long bytes) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file)) {
            byte[] page = new byte[PAGE];
            for (long written = 0; written < bytes; written += PAGE) {
                out.write(page);
            }
        }
    }

    private static FileInputStream opened(String file) {
        try {
            return new FileInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void startThread() {
        CountDownLatch runs = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            runs.countDown();
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            runs.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void startChild() {
        try {
            kept.add(new ProcessBuilder("sleep", "1000").start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
