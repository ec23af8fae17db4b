package io.hsu.spi;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.HealthChecks;
import io.hsu.ProcessManager;
import io.hsu.Restart;
import io.hsu.testkit.ScriptedMonitor;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The policies and checks there are: handed in, found, missing, twice, broken. */
class ProvidersTest {

    private static final ClassLoader OURS = ProvidersTest.class.getClassLoader();
    private static final RestartPolicy MINE = context -> new RestartDecision.StayStopped("mine");

    @Test
    void builtIns_comeThroughTheSameDoor() {
        Providers providers = Providers.builder().classLoader(OURS).discover();
        assertEquals(Set.of("never", "on-failure", "always", "unless-stopped"), providers.restartPolicyNames());
        assertEquals(Set.of("process", "tcp", "exec", "log-line", "file", "notify"), providers.healthCheckTypes());
    }

    @Test
    void explicit_beatsDiscovered() {
        HealthCheck check = target -> null;
        Providers providers = Providers.builder()
                .classLoader(OURS)
                .restartPolicy(policy("always", MINE))
                .healthCheck(type("tcp", check))
                .discover();
        assertSame(MINE, providers.restartPolicy("always"));
        assertSame(check, providers.healthCheck("tcp", Map.of()));
        assertEquals(4, providers.restartPolicyNames().size(), "the others are still there");
    }

    @Test
    void names_caseAndUnderscoresDoNotMatter() {
        Providers providers = Providers.builder()
                .classLoader(OURS)
                .restartPolicy(policy("My_Policy", MINE))
                .discover();
        assertSame(MINE, providers.restartPolicy("my-policy"));
        assertSame(MINE, providers.restartPolicy("MY_POLICY"));
        assertEquals(HealthChecks.logLine("a"), providers.healthCheck("Log_Line", Map.of("pattern", "a")));
    }

    @Test
    void unknown_listsTheKnownOnes() {
        Providers providers = Providers.builder().classLoader(OURS).discover();
        refusesArgument(
                "unknown restart policy 'sometimes'; available are always, never, on-failure, unless-stopped; "
                        + "add the module that provides it, or a RestartPolicyProvider",
                () -> providers.restartPolicy("sometimes"));
        refusesArgument(
                "unknown health check type 'grpc'; available are exec, file, log-line, notify, process, tcp; "
                        + "add the module that provides it, or a HealthCheckProvider",
                () -> providers.healthCheck("grpc", Map.of()));
    }

    @Test
    void twoOfOneName_areAnErrorThatNamesBoth() {
        RestartPolicyProvider one = new First();
        RestartPolicyProvider two = new Second();
        refusesArgument(
                "two restart policies are named 'UNLESS_stopped': %s and %s; leave one of them out"
                        .formatted(First.class.getName(), Second.class.getName()),
                () -> Providers.builder()
                        .classLoader(OURS)
                        .restartPolicy(one)
                        .restartPolicy(two)
                        .discover());
    }

    @Test
    void settings_unknownAreRefused() {
        Providers providers = Providers.builder().classLoader(OURS).discover();
        refusesArgument(
                "unknown setting adress; known are address, port",
                () -> providers.healthCheck("tcp", Map.of("address", "localhost", "port", 1, "adress", "x")));
        refusesArgument(
                "unknown setting level; known are ", () -> providers.healthCheck("process", Map.of("level", 1)));
    }

    @Test
    void manager_saysWhichProcessAsksForWhatIsMissing() {
        refusesArgument(
                "process 'api': unknown restart policy 'sometimes'; available are always, never, on-failure, "
                        + "unless-stopped; add the module that provides it, or a RestartPolicyProvider",
                () -> ProcessManager.builder()
                        .process("api", p -> p.command("run").restart(Restart.policy("sometimes")))
                        .build());
        refusesArgument(
                "process 'api': port is missing",
                () -> ProcessManager.builder()
                        .process(
                                "api",
                                p -> p.command("run")
                                        .healthCheck(HealthChecks.named("tcp", Map.of("address", "localhost"))))
                        .build());
    }

    @Test
    void resourceMonitor_isTheBestThatWorks() {
        Monitor best = new Monitor("best", 5, null);
        Monitor broken = new Monitor("broken", 9, "it is Tuesday");
        Monitor poor = new Monitor("poor", -5, null);
        Providers providers = Providers.builder()
                .classLoader(OURS)
                .resourceMonitor(poor)
                .resourceMonitor(broken)
                .resourceMonitor(best)
                .discover();
        assertSame(best.made, providers.resourceMonitor(), "those handed in beat those found, whatever their priority");
        assertSame(poor.made, providers.resourceMonitor("POOR"));
        assertEquals(Set.of("linux", "oshi", "best", "broken", "poor"), providers.resourceMonitorNames());
        assertEquals(
                "resource monitor 'broken' does not work here: it is Tuesday",
                assertThrows(UnsupportedOperationException.class, () -> providers.resourceMonitor("broken"))
                        .getMessage());
        refusesArgument(
                "unknown resource monitor 'sar'; available are best, broken, linux, oshi, poor; "
                        + "add the module that provides it, or a ResourceMonitorProvider",
                () -> providers.resourceMonitor("sar"));
    }

    @Test
    void resourceMonitor_thatWasHandedInAndDoesNotWorkIsRefused() {
        Providers providers = Providers.builder()
                .classLoader(OURS)
                .resourceMonitor(new Monitor("one", 1, "it is Tuesday"))
                .resourceMonitor(new Monitor("two", 2, "it is late"))
                .discover();
        assertEquals(
                "resources cannot be measured: 'two' does not work here: it is late; 'one' does not work here: it is "
                        + "Tuesday; add a ResourceMonitorProvider for this system",
                assertThrows(UnsupportedOperationException.class, providers::resourceMonitor)
                        .getMessage());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void resourceMonitor_isTheOneForLinuxThere() {
        Providers providers = Providers.builder().classLoader(OURS).discover();
        try (ResourceMonitor found = providers.resourceMonitor();
                ResourceMonitor named = providers.resourceMonitor("linux");
                ResourceMonitor oshi = providers.resourceMonitor("oshi")) {
            assertSame(named.getClass(), found.getClass());
            assertEquals(found.totalMemory(), oshi.totalMemory());
            assertTrue(found.totalMemory().orElseThrow() > Runtime.getRuntime().maxMemory());
        }
    }

    private static final class Monitor implements ResourceMonitorProvider {
        private final String name;
        private final int priority;
        private final String unavailable;
        private final ResourceMonitor made = new ScriptedMonitor();

        Monitor(String name, int priority, String unavailable) {
            this.name = name;
            this.priority = priority;
            this.unavailable = unavailable;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public Optional<String> unavailable() {
            return Optional.ofNullable(unavailable);
        }

        @Override
        public ResourceMonitor create() {
            return made;
        }
    }

    @Test
    void discovered_inAnotherClassLoader(@TempDir Path directory) throws IOException {
        compile(directory, "Good", provider("Good", "", "sparkling", ""));
        try (URLClassLoader loader = declare(directory, "Good")) {
            Providers providers = Providers.builder().classLoader(loader).discover();
            assertTrue(
                    providers.restartPolicyNames().contains("sparkling"),
                    providers.restartPolicyNames().toString());
        }
    }

    @Test
    void broken_areNamedAndTheOthersWork(@TempDir Path directory) throws IOException {
        compile(directory, "Good", provider("Good", "", "sparkling", ""));
        compile(
                directory,
                "Throwing",
                provider("Throwing", "", "x", "throw new IllegalStateException(\"no licence\");"));
        compile(directory, "Base", "public class Base {}");
        compile(directory, "Baseless", provider("Baseless", "extends Base", "y", ""));
        Files.delete(directory.resolve("Base.class")); // as when a library that a provider needs is missing
        Files.writeString(directory.resolve("Unreadable.class"), "no class file");

        try (URLClassLoader loader = declare(directory, "Throwing", "Missing", "Baseless", "Unreadable", "Good")) {
            Providers providers = Providers.builder().classLoader(loader).discover();

            assertTrue(providers.restartPolicyNames().contains("sparkling"), "the one that works is there");
            assertTrue(providers.restartPolicyNames().contains("always"), "so are the built-ins");
            String message = assertThrows(IllegalArgumentException.class, () -> providers.restartPolicy("x"))
                    .getMessage();
            for (String told :
                    List.of("Throwing", "no licence", "Missing", "NoClassDefFoundError: Base", "Unreadable")) {
                assertTrue(message.contains(told), () -> told + " is told in: " + message);
            }
        }
    }

    @Test
    void broken_providerThatCannotSayItsNameIsLeftOut(@TempDir Path directory) throws IOException {
        compile(directory, "Nameless", provider("Nameless", "", "x", "").replace("\"x\"", "null"));
        try (URLClassLoader loader = declare(directory, "Nameless")) {
            Providers providers = Providers.builder().classLoader(loader).discover();
            assertTrue(providers.restartPolicyNames().contains("always"), "the built-ins are there");
            String message = assertThrows(IllegalArgumentException.class, () -> providers.restartPolicy("x"))
                    .getMessage();
            assertTrue(message.contains("Nameless"), message);
        }
    }

    @Test
    @Timeout(10)
    void broken_classLoaderThatCannotBeSearched() {
        ClassLoader unsearchable = new ClassLoader(OURS) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("no disk");
            }
        };
        Providers providers = Providers.builder()
                .classLoader(unsearchable)
                .restartPolicy(policy("mine", MINE))
                .discover();
        assertSame(MINE, providers.restartPolicy("mine"));
        String message = assertThrows(IllegalArgumentException.class, () -> providers.restartPolicy("x"))
                .getMessage();
        assertTrue(message.contains("no disk"), message);
    }

    private static String provider(String name, String base, String policy, String constructor) {
        return """
                public class %1$s %2$s implements io.hsu.spi.RestartPolicyProvider {
                    public %1$s() { %4$s }
                    public String name() { return "%3$s"; }
                    public io.hsu.spi.RestartPolicy create() { return null; }
                }
                """.formatted(name, base, policy, constructor);
    }

    private static void compile(Path directory, String name, String source) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".java"), source);
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + directory;
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", directory.toString(), file.toString());
        assertEquals(0, result, source);
    }

    private static URLClassLoader declare(Path directory, String... providers) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(services.resolve(RestartPolicyProvider.class.getName()), List.of(providers));
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, OURS);
    }

    private static RestartPolicyProvider policy(String name, RestartPolicy policy) {
        return new RestartPolicyProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public RestartPolicy create() {
                return policy;
            }
        };
    }

    private static HealthCheckProvider type(String type, HealthCheck check) {
        return new HealthCheckProvider() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public HealthCheck create(Settings settings) {
                return check;
            }
        };
    }

    private static class First implements RestartPolicyProvider {
        @Override
        public String name() {
            return "unless-stopped";
        }

        @Override
        public RestartPolicy create() {
            return MINE;
        }
    }

    private static final class Second extends First {
        @Override
        public String name() {
            return "UNLESS_stopped";
        }
    }
}
