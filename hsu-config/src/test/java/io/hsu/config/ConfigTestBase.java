package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.ProcessSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Loads texts as files named {@code hsu.yaml}, and shows problems without the directory. */
abstract class ConfigTestBase {

    @TempDir
    Path directory;

    HsuConfig.Loader loader = HsuConfig.loader()
            .healthCheck(new FakeHttp.Provider())
            .healthCheck(new FakeGrpc.Provider())
            .logSink(new FakeQueue())
            .environment(Map.of("PATH", "/bin", "TOKEN", "s3cr3t-t0k3n", "PORT", "5432", "EMPTY", ""));

    Path write(String yaml) {
        return write(yaml.getBytes(StandardCharsets.UTF_8));
    }

    Path write(byte[] bytes) {
        try {
            return Files.write(directory.resolve("hsu.yaml"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads a file, and builds the manager: what is loaded must not be refused afterwards, without a place. */
    HsuConfig load(String yaml) {
        HsuConfig config = loader.load(write(yaml));
        // The state directory is taken by the build: not the one that the file names.
        config.toBuilder().stateDirectory(directory.resolve("state")).build().close();
        return config;
    }

    /** {@return the one process of a file} */
    ProcessSpec process(String yaml) {
        List<ProcessSpec> processes = load(yaml).processes();
        assertEquals(1, processes.size());
        return processes.get(0);
    }

    List<Problem> problems(String yaml) {
        return failure(yaml).problems();
    }

    ConfigException failure(String yaml) {
        Path file = write(yaml);
        return assertThrows(ConfigException.class, () -> loader.load(file));
    }

    /** {@return the problems as {@code line:column: path: message}} */
    List<String> errors(String yaml) {
        return problems(yaml).stream().map(ConfigTestBase::line).toList();
    }

    List<String> warnings(String yaml) {
        return load(yaml).warnings().stream().map(ConfigTestBase::line).toList();
    }

    void assertError(String yaml, String... expected) {
        assertEquals(List.of(expected), errors(yaml));
    }

    static String line(Problem problem) {
        String whole = problem.toString();
        return whole.substring(problem.file().toString().length() + 1);
    }

    /** {@return a flat process with more keys below {@code management}, indented by six} */
    static String flat(String management) {
        return """
            managed_processes:
              - id: a
                type: standard_managed
                management:
                  control:
                    executable: /bin/sh
            """ + management.indent(6);
    }

    /** {@return a flat integrated process with more keys below {@code management}, indented by six} */
    static String integrated(String management) {
        return flat(management).replace("standard_managed", "integrated_managed");
    }

    /** {@return a nested integrated process with more keys beside its {@code control}} */
    static String integratedNested(String keys) {
        return """
            managed_processes:
              - id: a
                type: integrated_managed
                management:
                  integrated_managed:
                    control:
                      execution: {executable_path: /bin/sh}
            """ + keys.indent(8);
    }

    /** {@return a flat process with more keys on the process itself} */
    static String onProcess(String keys) {
        return """
            managed_processes:
              - id: a
                type: standard_managed
                management: {control: {executable: /bin/sh}}
            """ + keys.indent(4);
    }

    /** {@return a nested process with more keys in its {@code control}} */
    static String inControl(String keys) {
        return """
            managed_processes:
              - id: a
                type: standard_managed
                management:
                  standard_managed:
                    control:
                      execution: {executable_path: /bin/sh}
            """ + keys.indent(10);
    }

    /** {@return a file of these tests, with the line ends that they look for} */
    static String resource(String name) {
        try (InputStream in = ConfigTestBase.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
