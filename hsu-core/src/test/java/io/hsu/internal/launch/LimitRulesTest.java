package io.hsu.internal.launch;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Bytes;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitEnforcement;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is asked of the kernel, and what is refused if it cannot. */
class LimitRulesTest {

    private static final List<Limit> ALL = List.of(
            Limit.memory(1),
            Limit.virtualMemory(1),
            Limit.swap(1),
            Limit.cpuPercent(1),
            Limit.cpuTime(Duration.ofSeconds(1)),
            Limit.openFiles(9),
            Limit.processes(1),
            Limit.childProcesses(1),
            Limit.readBytesPerSecond(1),
            Limit.writeBytesPerSecond(1),
            Limit.readOpsPerSecond(1),
            Limit.writeOpsPerSecond(1));

    private static final Set<LimitKind> COUNTED = EnumSet.of(LimitKind.OPEN_FILES, LimitKind.PROCESSES, LimitKind.SWAP);

    private final List<String> lacking = new ArrayList<>();
    private final Launcher launcher = new Launcher() {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public LaunchedProcess launch(LaunchRequest request, LaunchListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LimitSupport support(Limit limit, List<Limit> all) {
            return lacking.contains(limit.kind().name())
                    ? LimitSupport.none("it is too old")
                    : LimitSupport.byGroup("x");
        }

        @Override
        public LimitSupport support(LaunchSetting setting, long value) {
            return lacking.contains(setting.name()) ? LimitSupport.none("it is too old") : LimitSupport.byGroup("x");
        }
    };

    @Test
    void auto_asksTheKernelWhereItDoesNoMoreThanTheAction() {
        for (LimitAction action : LimitAction.values()) {
            Set<LimitKind> expected = EnumSet.copyOf(COUNTED);
            if (action == LimitAction.IMMEDIATE_KILL) {
                expected.addAll(Set.of(LimitKind.MEMORY, LimitKind.VIRTUAL_MEMORY, LimitKind.CPU_TIME));
            }
            if (action == LimitAction.THROTTLE) {
                expected.addAll(Set.of(
                        LimitKind.MEMORY,
                        LimitKind.CPU_PERCENT,
                        LimitKind.READ_BYTES,
                        LimitKind.WRITE_BYTES,
                        LimitKind.READ_OPERATIONS,
                        LimitKind.WRITE_OPERATIONS));
            }
            Set<LimitKind> asked = EnumSet.noneOf(LimitKind.class);
            ALL.stream()
                    .map(limit -> limit.then(action))
                    .filter(LimitRules::asksKernel)
                    .forEach(limit -> asked.add(limit.kind()));
            assertEquals(expected, asked, action::toString);
        }
    }

    @Test
    void kernelAndWatched_areWhatTheySay() {
        for (Limit limit : ALL) {
            assertTrue(LimitRules.asksKernel(limit.held(LimitEnforcement.KERNEL)));
            boolean canBeWatched = limit.kind() != LimitKind.SWAP;
            assertEquals(!canBeWatched, LimitRules.asksKernel(limit.held(LimitEnforcement.WATCHED)));
        }
    }

    @Test
    void status_saysWhoHoldsIt() {
        LimitSupport held = LimitSupport.byProcess("RLIMIT");
        LimitSupport none = LimitSupport.none("too old");
        Limit files = Limit.openFiles(9);
        assertStatus(Holder.RLIMIT, "RLIMIT", files, held);
        assertStatus(Holder.WATCHED, "the kernel cannot hold it here: too old", files, none);
        assertStatus(
                Holder.UNSUPPORTED,
                "the kernel cannot hold it here: too old",
                files.held(LimitEnforcement.KERNEL).bestEffort(),
                none);
        assertStatus(Holder.WATCHED, "the kernel is not to hold it", files.held(LimitEnforcement.WATCHED), held);
        assertStatus(Holder.WATCHED, "what the kernel does at it is not what its action says", Limit.memory(9), held);
        assertStatus(Holder.WATCHED, "no kernel counts them", Limit.childProcesses(9), held);
    }

    private static void assertStatus(Holder holder, String detail, Limit limit, LimitSupport support) {
        assertEquals(new LimitStatus(limit, holder, detail), LimitRules.status(limit, support));
    }

    @Test
    void whatTheKernelMustHoldAndCannot_isRefused() {
        lacking.add("MEMORY");
        ProcessSpec spec = spec().limit(Limit.memory(Bytes.mib(512)).held(LimitEnforcement.KERNEL))
                .build();
        refusesArgument(
                "process 'api': the kernel is to hold the limit 'memory 512 MiB (log)', and cannot here: it is too old; "
                        + "have it watched instead (held(AUTO)), or tolerate this with bestEffort()",
                () -> LimitRules.require(spec, launcher));
    }

    @Test
    void whatIsTolerated_isNotRefused() {
        lacking.addAll(List.of("MEMORY", "OPEN_FILES", "NICENESS", "CPU_SHARES", "IO_WEIGHT"));
        LimitRules.require(
                spec().limit(Limit.memory(9).held(LimitEnforcement.KERNEL).bestEffort())
                        .limit(Limit.openFiles(9))
                        .niceness(-1)
                        .cpuShares(5)
                        .ioWeight(5)
                        .bestEffortPriority()
                        .build(),
                launcher);
    }

    @Test
    void settingsThatCannotBeHad_areRefused() {
        lacking.addAll(List.of("NICENESS", "CORE_DUMPS"));
        refusesArgument(
                "process 'api' asks for niceness -5, which cannot be had here: it is too old; leave it out, or tolerate "
                        + "this with bestEffortPriority()",
                () -> LimitRules.require(spec().niceness(-5).build(), launcher));
        refusesArgument(
                "process 'api' asks for core dumps of any size, which cannot be had here: it is too old; leave it out",
                () -> LimitRules.require(
                        spec().coreDumps(true).bestEffortPriority().build(), launcher));
    }

    private static ProcessSpecBuilder spec() {
        return ProcessSpec.builder("api").command("run");
    }
}
