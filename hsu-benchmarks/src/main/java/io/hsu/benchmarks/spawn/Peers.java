package io.hsu.benchmarks.spawn;

import com.zaxxer.nuprocess.NuAbstractProcessHandler;
import com.zaxxer.nuprocess.NuProcess;
import com.zaxxer.nuprocess.NuProcessBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.zeroturnaround.exec.ProcessExecutor;

/** Runs a program once with the JDK or a library, each in the way its documentation shows first. */
final class Peers {

    static void processBuilderDiscarded(String program) throws IOException, InterruptedException {
        new ProcessBuilder(program)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** With both streams as one, so that no other thread is needed to read them. */
    static void processBuilderDrained(String program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            output.transferTo(OutputStream.nullOutputStream());
        }
        process.waitFor();
    }

    static void nuProcess(String program) throws InterruptedException {
        NuProcess process = new NuProcessBuilder(new NuAbstractProcessHandler() {}, program).start();
        if (process == null) {
            throw new IllegalStateException("NuProcess could not start " + program);
        }
        process.waitFor(0, TimeUnit.SECONDS); // 0 is for ever
    }

    static void ztExec(String program) throws IOException, InterruptedException, TimeoutException {
        new ProcessExecutor(program).execute();
    }

    static void commonsExec(String program) throws IOException {
        DefaultExecutor.builder().get().execute(new CommandLine(program));
    }

    private Peers() {}
}
