package io.hsu.benchmarks.report;

import io.hsu.benchmarks.support.Installation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a report goes: for people to standard output, for programs to a file. */
public final class ReportOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "where the figures go as JSON; without it, a file named like the command beside the jar")
    private Path json;

    /** Prints and writes a report; standard error says where the file is. */
    public void publish(Report report) throws IOException {
        print(report);
        write(report.json());
    }

    /** Writes several reports as one file, after each was {@linkplain #print printed}. */
    public void write(List<Report> reports) throws IOException {
        write(Report.json(reports));
    }

    /** Prints a report, no more. */
    public void print(Report report) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(report.text());
    }

    private void write(String text) throws IOException {
        Path file = json == null ? Installation.directory().resolve(command.name() + ".json") : json;
        Files.writeString(file, text);
        System.err.println("as JSON: " + file);
    }
}
