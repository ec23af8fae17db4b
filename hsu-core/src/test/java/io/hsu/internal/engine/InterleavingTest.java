package io.hsu.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Backoff;
import io.hsu.CircuitBreaker;
import io.hsu.ProcessManager;
import io.hsu.ProcessSpecBuilder;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.Restart;
import io.hsu.RetryBudget;
import io.hsu.Signal;
import io.hsu.TestBed;
import io.hsu.Transition;
import io.hsu.internal.restart.BuiltInPolicies;
import io.hsu.spi.HealthResult;
import io.hsu.testkit.FakeProcess;
import io.hsu.testkit.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What users, processes, checks and timers do, in any order, and their messages worked off in any order: no illegal move,
 * and after an acknowledged stop no start before the next one that a user asks for.
 */
class InterleavingTest {

    private static final int SEEDS = 10_000;
    private static final int STEPS = 60;
    private static final List<String> IDS = List.of("db", "api");

    private final Logger logger = Logger.getLogger("io.hsu");
    /** Each seed is played by one thread. */
    private final ThreadLocal<List<LogRecord>> errors = ThreadLocal.withInitial(ArrayList::new);

    private final LongAdder launches = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.get().add(logged);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void unlisten() {
        logger.removeHandler(handler);
    }

    @Test
    void tenThousandInterleavings() {
        IntStream.range(0, SEEDS).parallel().forEach(this::play);
        // So that the test cannot pass by doing nothing.
        assertTrue(launches.sum() > 3 * SEEDS, "launches: " + launches);
        assertTrue(acknowledged.sum() > SEEDS, "acknowledged stops: " + acknowledged);
    }

    private void play(int seed) {
        Scene scene = new Scene(seed);
        scene.play();
        launches.add(scene.launches());
        acknowledged.add(scene.acknowledged);
        assertEquals(
                List.of(),
                errors.get().stream()
                        .map(e -> e.getMessage() + " " + e.getThrown())
                        .toList(),
                () -> "seed " + seed);
    }

    private static final class Scene {
        private final long seed;
        private final Random random;
        private final TestBed bed = new TestBed();
        private final ScriptedCheck liveness = new ScriptedCheck();
        private final ScriptedCheck readiness = new ScriptedCheck();
        private final ProcessManager manager;
        private final List<Promise> promises = new ArrayList<>();
        private int acknowledged;

        Scene(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            // Handed in, because looking for providers ten thousand times takes longer than all the rest.
            this.manager = bed.builder()
                    .classLoader(ClassLoader.getPlatformClassLoader())
                    .restartPolicy(new BuiltInPolicies.Never())
                    .restartPolicy(new BuiltInPolicies.OnFailure())
                    .restartPolicy(new BuiltInPolicies.Always())
                    .restartPolicy(new BuiltInPolicies.UnlessStopped())
                    .process("db", p -> process(p).readinessCheck(readiness, c -> c.every(Duration.ofSeconds(1))))
                    .process("api", p -> process(p).dependsOn("db"))
                    .build();
            bed.executor.hold();
            bed.launcher.onLaunch(this::checkPromises);
        }

        private ProcessSpecBuilder process(ProcessSpecBuilder builder) {
            Backoff backoff = Backoff.fixed(Duration.ofMillis(random.nextInt(3) * 500L));
            return builder.command("x")
                    .restart(Restart.policy(List.of("never", "on-failure", "always", "unless-stopped")
                                    .get(random.nextInt(4)))
                            .maxRetries(random.nextInt(6))
                            .backoff(backoff)
                            .onHealthFailure(RetryBudget.unlimited(backoff))
                            .startupGrace(Duration.ZERO)
                            .circuitBreaker(new CircuitBreaker(4, Duration.ofSeconds(5), Duration.ofSeconds(5))))
                    .stopTimeout(Duration.ofSeconds(random.nextInt(3)))
                    .startTimeout(Duration.ofSeconds(3))
                    .healthCheck(liveness, c -> c.every(Duration.ofSeconds(1)).failAfter(1 + random.nextInt(2)));
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                act(IDS.get(random.nextInt(IDS.size())));
                for (int tasks = random.nextInt(12); tasks > 0; tasks--) {
                    bed.executor.runOne(random);
                }
                noteAcknowledgedStops();
            }
            end();
        }

        private void act(String id) {
            switch (random.nextInt(13)) {
                case 0 -> request(id, () -> manager.startAsync(id));
                case 1 -> promise(id, manager.stopAsync(id));
                case 2 -> request(id, () -> manager.restartAsync(id, random.nextBoolean()));
                case 3 -> living(id).forEach(process -> process.exit(random.nextInt(2)));
                case 4 -> living(id).forEach(process -> process.crash(Signal.KILL));
                case 5 -> living(id).forEach(process -> process.spawnChild(random.nextBoolean()));
                case 6 -> living(id).forEach(FakeProcess::ignoreTerm);
                case 7 -> answer(liveness);
                case 8 -> answer(readiness);
                case 9 -> readiness.answer(random.nextInt(4) > 0, "scripted");
                case 10 -> bed.launcher.fail(id, random.nextInt(4) == 0 ? Reason.SPAWN_FAILED : null);
                case 11 -> request(null, manager::startAsync);
                default -> bed.time.advance(Duration.ofMillis(random.nextInt(2500)), () -> bed.executor.runOne(random));
            }
        }

        private static void answer(ScriptedCheck check) {
            check.looks().forEach(look -> look.complete(HealthResult.unhealthy("scripted")));
        }

        private List<FakeProcess> living(String id) {
            return bed.launcher.launches(id).stream()
                    .filter(FakeProcess::isAlive)
                    .toList();
        }

        /** A request for a start ends the promise that its stop had given; a start of api may start db too. */
        private void request(String id, Runnable start) {
            promises.removeIf(promise -> id == null || promise.id.equals(id) || id.equals("api"));
            start.run();
        }

        private void promise(String id, CompletableFuture<Void> stop) {
            promises.add(new Promise(id, stop));
        }

        private void noteAcknowledgedStops() {
            for (Promise promise : promises) {
                if (!promise.given && promise.stop.isDone() && !promise.stop.isCompletedExceptionally()) {
                    promise.given = true;
                    acknowledged++;
                    assertTrue(
                            living(promise.id).isEmpty(), () -> "seed " + seed + ": alive after an acknowledged stop");
                }
            }
        }

        private void checkPromises(FakeProcess launched) {
            noteAcknowledgedStops();
            String id = launched.request().spec().id();
            assertTrue(
                    promises.stream().noneMatch(promise -> promise.given && promise.id.equals(id)),
                    () -> "seed " + seed + ": '" + id + "' was started after an acknowledged stop");
            assertEquals(1, living(id).size(), () -> "seed " + seed + ": two of '" + id + "' at once");
        }

        /** Everything ends: nothing lives, nothing is owed an answer, every move was a legal one. */
        private void end() {
            promises.clear(); // these starts end them
            List<CompletableFuture<Void>> starts =
                    IDS.stream().map(manager::startAsync).toList();
            CompletableFuture<Void> stop = manager.stopAsync();
            bed.executor.runAll();
            bed.advance(Duration.ofMinutes(2));
            assertTrue(stop.isDone(), () -> "seed " + seed + ": a stop that never ends");
            assertTrue(starts.stream().allMatch(CompletableFuture::isDone), () -> "seed " + seed);
            for (String id : IDS) {
                assertTrue(bed.launcher.launches(id).stream()
                        .allMatch(process -> process.members().isEmpty()));
                ProcessState state = manager.status(id).state();
                assertFalse(state.isLive() || state == ProcessState.RESTARTING, () -> "seed " + seed + ": " + state);
                for (Transition move : manager.history(id)) {
                    assertTrue(move.from().canMoveTo(move.to()), () -> "seed " + seed + ": " + move);
                }
            }
            assertEquals(0, bed.time.pending(), () -> "seed " + seed + ": a timer is left");
        }

        private int launches() {
            return IDS.stream().mapToInt(id -> bed.launcher.launches(id).size()).sum();
        }
    }

    private static final class Promise {
        private final String id;
        private final CompletableFuture<Void> stop;
        private boolean given;

        Promise(String id, CompletableFuture<Void> stop) {
            this.id = id;
            this.stop = stop;
        }
    }
}
