package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each known key, misspelled once, is told with its line and the key that was meant. */
class MisspelledKeyTest extends ConfigTestBase {

    /** Lower case, so that environment variables are none. */
    private static final Pattern KEY = Pattern.compile("(?m)^[ -]*([a-z_]+):(?= |$)");

    /** Ids of processes. */
    private static final List<String> NOT_OURS = List.of("db");

    /** Blocks whose keys are the user's own. */
    private static final List<String> OWN = List.of("headers");

    static List<Arguments> keys() {
        List<Arguments> keys = new ArrayList<>();
        for (String file : List.of("nested.yaml", "flat.yaml", "checks.yaml")) {
            String yaml = resource(file);
            for (MatchResult match : KEY.matcher(yaml).results().toList()) {
                String key = match.group(1);
                if (!NOT_OURS.contains(key) && !OWN.contains(parent(yaml, match.start(1)))) {
                    keys.add(Arguments.of(file, yaml, match.start(1), key));
                }
            }
        }
        for (String file : List.of("documented-nested.yaml", "documented-flat.yaml")) {
            for (Arguments key : unsupportedKeys(file)) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** {@return the key of the block that a key stands in} */
    private static String parent(String yaml, int start) {
        int begin = yaml.lastIndexOf('\n', start) + 1;
        int indent = start - begin;
        List<String> lines = yaml.substring(0, begin).lines().toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            if (!line.isBlank() && line.length() - line.stripLeading().length() < indent) {
                return line.strip().replaceFirst(":.*", "");
            }
        }
        return "";
    }

    /** Keys that are refused as not supported yet have a good spelling as well. */
    private static List<Arguments> unsupportedKeys(String file) {
        MisspelledKeyTest test = new MisspelledKeyTest();
        test.directory = java.nio.file.Path.of(System.getProperty("java.io.tmpdir"));
        String yaml = resource(file);
        List<Arguments> keys = new ArrayList<>();
        for (Problem problem : test.problems(yaml)) {
            String key = problem.path().substring(problem.path().lastIndexOf('.') + 1);
            int start = offset(yaml, problem);
            if (yaml.startsWith(key + ":", start) && !key.equals("prefix")) {
                keys.add(Arguments.of(file, yaml, start, key));
            }
        }
        return keys;
    }

    private static int offset(String yaml, Problem problem) {
        int offset = 0;
        for (int line = 1; line < problem.line(); line++) {
            offset = yaml.indexOf('\n', offset) + 1;
        }
        return offset + problem.column() - 1;
    }

    @ParameterizedTest(name = "{0}: {3} at {2}")
    @MethodSource("keys")
    void misspelled_isToldWithTheRightOne(String file, String yaml, int start, String key) {
        String wrong = key.substring(0, key.length() / 2) + "x" + key.substring(key.length() / 2);
        String misspelled = yaml.substring(0, start) + wrong + yaml.substring(start + key.length());
        int line = 1
                + (int) yaml.substring(0, start).chars().filter(c -> c == '\n').count();

        List<String> found = problems(misspelled).stream()
                .filter(problem -> problem.line() == line)
                .filter(problem -> problem.path().endsWith(wrong))
                .map(problem -> problem.message().replace("log-line", "log_line"))
                .toList();

        assertEquals(List.of("unknown key '%s'; did you mean '%s'?".formatted(wrong, key)), found);
    }

    @Test
    void manyKeysAreTried() {
        assertTrue(keys().size() > 200, "keys: " + keys().size());
    }

    @Test
    void farFromEveryKey_listsThem() {
        assertError(
                "process_manager:\n  colour: blue\n",
                "2:3: process_manager.colour: unknown key 'colour'; known are port, log_level, force_shutdown_timeout, base_directory");
    }

    /** Nothing that would be refused in its turn is recommended. */
    @Test
    void listsOfKnownWords_leaveOutWhatIsToCome() {
        assertError(
                "managed_processes: []\nlog_collection: {system: {colour: blue}, colour: red}\n",
                "2:27: log_collection.system.colour: unknown key 'colour'; known are max_managed_processes, process_directory, buffer_size, flush_interval, metrics",
                "2:42: log_collection.colour: unknown key 'colour'; known are enabled, enhancement, global_aggregation, system, default");
        List<String> words = List.of("unmanaged", "ephemeral", "umask", "discovery");
        for (String yaml : List.of(
                onProcess("colour: blue"),
                flat("colour: blue"),
                flat("health_check: {colour: blue}"),
                flat("health_check: {type: colour}"),
                inControl("colour: blue"),
                onProcess("").replace("type: standard_managed", "type: colour"))) {
            String error = errors(yaml).get(0);
            words.forEach(word -> assertFalse(error.contains(word), error));
        }
    }

    @Test
    void settingOfAProvider_isToldWithTheKnownOnes() {
        assertError(
                flat("health_check:\n  type: tcp\n  tcp:\n    adress: localhost\n    port: 1\n"),
                "10:11: managed_processes[0].management.health_check.tcp.adress: unknown key 'adress'; did you mean 'address'?");
        assertError(
                flat("health_check:\n  type: tcp\n  tcp:\n    port: 1\n"),
                "9:9: managed_processes[0].management.health_check.tcp: address is missing");
        assertError(
                flat("health_check:\n  type: tcp\n  tcp:\n    address: localhost\n    port: 1\n    prot: 2\n"),
                "12:11: managed_processes[0].management.health_check.tcp.prot: unknown key 'prot'; did you mean 'port'?");
        assertError(
                flat(
                        "health_check:\n  type: tcp\n  tcp:\n    address: localhost\n    port: 1\n    colour: 2\n    adress: 3\n"),
                "12:11: managed_processes[0].management.health_check.tcp.colour: unknown key 'colour'; known are address, port",
                "13:11: managed_processes[0].management.health_check.tcp.adress: unknown key 'adress'; did you mean 'address'?");
    }

    @Test
    void lenient_warns() {
        loader = loader.lenient();

        assertEquals(
                List.of("2:3: process_manager.prot: unknown key 'prot'; did you mean 'port'?; ignored"),
                warnings("process_manager:\n  prot: 1\nmanaged_processes: []\n"));
    }
}
