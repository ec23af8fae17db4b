package io.hsu.internal.engine;

import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessStopException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/** One answer for many processes: none keeps the others from going on, and every failure is told. */
final class Together {

    /** {@return completed when each one runs or has failed} */
    static CompletableFuture<Void> start(List<Supervisor> wanted) {
        Map<String, CompletableFuture<Void>> starts = new LinkedHashMap<>();
        wanted.forEach(supervisor -> starts.put(supervisor.spec().id(), supervisor.startIntended()));
        return all(
                starts,
                (message, failures) -> new ProcessStartException(
                        null,
                        Reason.SEVERAL,
                        "%d of %d processes did not start: %s".formatted(failures.size(), starts.size(), message),
                        List.of(),
                        null));
    }

    /** {@return completed when each one has stopped, or could not be} */
    static CompletableFuture<Void> stop(Map<String, CompletableFuture<Void>> stops) {
        return all(
                stops,
                (message, failures) -> new ProcessStopException(
                        null,
                        "%d of %d processes could not be stopped: %s".formatted(failures.size(), stops.size(), message),
                        survivors(failures)));
    }

    private static CompletableFuture<Void> all(
            Map<String, CompletableFuture<Void>> each, BiFunction<String, List<Throwable>, RuntimeException> failure) {
        return CompletableFuture.allOf(each.values().toArray(CompletableFuture<?>[]::new))
                .handle((done, failed) -> {
                    List<Throwable> failures = new ArrayList<>();
                    List<String> messages = new ArrayList<>();
                    each.forEach((id, future) -> future.whenComplete((ok, cause) -> {
                        Throwable real = unwrapped(cause);
                        // What was removed meanwhile has neither failed to start nor to stop.
                        if (real != null && !(real instanceof RetiredException retired && retired.wasRemoved())) {
                            failures.add(real);
                            messages.add(real.getMessage());
                        }
                    }));
                    if (failures.isEmpty()) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    RuntimeException together = failure.apply(String.join("\n  ", messages), failures);
                    failures.forEach(together::addSuppressed);
                    return CompletableFuture.<Void>failedFuture(together);
                })
                .thenCompose(result -> result);
    }

    private static List<Long> survivors(List<Throwable> failures) {
        return failures.stream()
                .filter(ProcessStopException.class::isInstance)
                .flatMap(failure -> ((ProcessStopException) failure).survivors().stream())
                .toList();
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private Together() {}
}
