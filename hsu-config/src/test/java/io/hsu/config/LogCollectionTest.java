package io.hsu.config;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Bytes;
import io.hsu.LogField;
import io.hsu.LogFormat;
import io.hsu.LogTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about the output of all processes together. */
class LogCollectionTest extends ConfigTestBase {

    private Object built(String collection, String field) {
        return BuilderView.get(load("managed_processes: []\nlog_collection: " + collection + "\n").toBuilder(), field);
    }

    private Set<LogField> fields(String collection) {
        return process(onProcess("") + "log_collection: " + collection).output().fields();
    }

    @Test
    void aggregates() {
        String targets = "targets: [{type: stdout, prefix: A, format: enhanced_plain}, {type: file, path: all.log}]";
        List<LogTarget> expected =
                List.of(LogTarget.stdout().prefix("A").format(LogFormat.ENHANCED_PLAIN), LogTarget.file("all.log"));

        assertEquals(expected, built("{global_aggregation: {%s}}".formatted(targets), "aggregates"));
        assertEquals(expected, built("{global_aggregation: {enabled: true, %s}}".formatted(targets), "aggregates"));
        assertEquals(List.of(), built("{global_aggregation: {enabled: false, %s}}".formatted(targets), "aggregates"));
        assertEquals(List.of(), built("{enabled: false, global_aggregation: {%s}}".formatted(targets), "aggregates"));
        assertEquals(List.of(), built("{global_aggregation: {}}", "aggregates"));
        assertEquals(List.of(), built("{}", "aggregates"));
    }

    @Test
    void aggregates_areReadEvenIfTheyAreOff() {
        assertError(
                "log_collection: {global_aggregation: {enabled: false, targets: [{type: file}]}}",
                "1:65: log_collection.global_aggregation.targets[0].path: is missing; write where the file is to be");
    }

    @Test
    void buffersOfTheSystem_areThoseOfTheAggregates_andOfNobodyElse() {
        HsuConfig config = load(onProcess("") + """
                log_collection:
                  global_aggregation: {targets: [{type: stdout}, {type: stderr}]}
                  default: {outputs: {forwarding: [{type: slf4j}]}}
                  system: {buffer_size: 2MB, flush_interval: 2s}
                """);

        assertEquals(
                List.of(
                        LogTarget.stdout().bufferSize(Bytes.mib(2)).flushInterval(ofSeconds(2)),
                        LogTarget.stderr().bufferSize(Bytes.mib(2)).flushInterval(ofSeconds(2))),
                BuilderView.get(config.toBuilder(), "aggregates"));
        assertEquals(
                List.of(LogTarget.slf4j()), config.processes().get(0).output().targets());
    }

    @Test
    void fields_byDefault() {
        assertEquals(Set.of(LogField.TIMESTAMP), fields("{}"));
        assertEquals(Set.of(LogField.values()), fields("{enhancement: {}}"));
        assertEquals(Set.of(LogField.values()), fields("{enhancement: {enabled: true, metadata: }}"));
        assertEquals(Set.of(), fields("{enhancement: {enabled: false}}"));
        assertEquals(Set.of(), fields("{enhancement: {enabled: false, metadata: {add_hostname: true}}}"));
        assertEquals(Set.of(), fields("{enhancement: {metadata: {}}}"));
        assertEquals(Set.of(LogField.TIMESTAMP), fields("{enhancement: }"));
    }

    @ParameterizedTest
    @CsvSource({
        "add_process_manager_id, MANAGER_ID",
        "add_hostname, HOST",
        "add_timestamp, TIMESTAMP",
        "add_sequence, SEQUENCE",
        "add_line_number, LINE_NUMBER"
    })
    void fields_thoseThatAreTrue(String key, LogField field) {
        assertEquals(Set.of(field), fields("{enhancement: {metadata: {%s: true}}}".formatted(key)));
        String allOthers = Arrays.stream(new String[] {
                    "add_process_manager_id", "add_hostname", "add_timestamp", "add_sequence", "add_line_number"
                })
                .map(other -> other + ": " + !other.equals(key))
                .collect(Collectors.joining(", "));
        Set<LogField> others =
                Arrays.stream(LogField.values()).filter(other -> other != field).collect(Collectors.toSet());
        assertEquals(others, fields("{enhancement: {metadata: {%s}}}".formatted(allOthers)));
    }

    @Test
    void fields_exceptForAProcessWithoutMetadata() {
        List<Set<LogField>> fields = load("""
                        managed_processes:
                          - {id: a, type: standard_managed, management: {control: {executable: /bin/sh}}}
                          - id: b
                            type: standard_managed
                            management:
                              standard_managed:
                                control:
                                  execution: {executable_path: /bin/sh}
                                  log_collection: {processing: {add_metadata: false}}
                        log_collection: {enhancement: {metadata: {add_sequence: true}}}
                        """).processes().stream()
                .map(process -> process.output().fields())
                .toList();

        assertEquals(List.of(Set.of(LogField.SEQUENCE), Set.of()), fields);
    }

    @Test
    void processDirectory() {
        assertEquals("managed_processes", built("{}", "processLogDirectory"));
        assertEquals("each", built("{system: {process_directory: each}}", "processLogDirectory"));
        assertEquals("each", built("{enabled: false, system: {process_directory: each}}", "processLogDirectory"));
    }

    @Test
    void metrics() {
        assertNull(built("{}", "outputReportInterval"));
        assertNull(built("{system: {}}", "outputReportInterval"));
        assertEquals(ofSeconds(30), built("{system: {metrics: {}}}", "outputReportInterval"));
        assertEquals(ofSeconds(30), built("{system: {metrics: {enabled: true}}}", "outputReportInterval"));
        assertEquals(ofSeconds(5), built("{system: {metrics: {interval: 5s}}}", "outputReportInterval"));
        assertNull(built("{system: {metrics: {enabled: false, interval: 5s}}}", "outputReportInterval"));
        assertNull(built("{enabled: false, system: {metrics: {}}}", "outputReportInterval"));
    }

    @Test
    void mostProcesses() {
        String two = """
                log_collection: {system: {max_managed_processes: %d}}
                managed_processes:
                  - {id: a, type: standard_managed, management: {control: {executable: /bin/sh}}}
                  - {id: b, type: standard_managed, enabled: false, management: {control: {executable: /bin/sh}}}
                """;

        assertEquals(2, load(two.formatted(2)).processes().size());
        assertError(
                two.formatted(1),
                "1:50: log_collection.system.max_managed_processes: the file lists 2 processes, which is more; raise it, or take processes out");
    }

    @Test
    void lenient_goesWithoutUnknownKeys_andNothingElse() {
        loader = loader.lenient();

        assertEquals(
                List.of(
                        "2:37: log_collection.system.metrics.intervall: unknown key 'intervall'; did you mean 'interval'?; ignored"),
                warnings("managed_processes: []\nlog_collection: {system: {metrics: {intervall: 5s}}}\n"));
        assertError(
                "log_collection: {system: {buffer_size: 1}}",
                "1:40: log_collection.system.buffer_size: bufferSize must be 1024 bytes or more, but is 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "system: {buffer_size: 1000} | bufferSize must be 1024 bytes or more, but is 1000",
                "system: {flush_interval: -1s} | must not be negative, but is '-1s'",
                "system: {process_directory: /var/log} | processLogDirectory must be relative to the log directory, but is '/var/log'",
                "system: {process_directory: ' '} | must not be blank",
                "system: {max_managed_processes: 0} | must be a whole number, 1 or more, but is '0'",
                "system: {metrics: {interval: 0s}} | interval must be above zero, but is 0s",
                "system: {metrics: {enabled: 2}} | must be true or false, but is '2'",
                "system: {metrics: on} | must be a mapping of keys and values, but is a text",
                "enhancement: {enabled: 2} | must be true or false, but is '2'",
                "enhancement: {metadata: {add_sequence: 1}} | must be true or false, but is '1'",
                "global_aggregation: {enabled: all} | must be true or false, but is 'all'",
                "global_aggregation: {targets: {}} | must be a list, but is a mapping"
            })
    void wrong(String pair, String message) {
        String error = errors("log_collection: {" + pair + "}").get(0);
        String path = "log_collection."
                + pair.replaceAll("\\{\\}", "x").replaceAll("[^:{]*$", "").replaceAll("[:{ ]+", ".");

        assertTrue(error.endsWith(": " + path.replaceAll("\\.$", "") + ": " + message), error);
        assertEquals(1, errors("log_collection: {" + pair + "}").size());
    }
}
