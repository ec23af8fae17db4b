package io.hsu.benchmarks.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The JDK's asynchronous client and one timer. */
final class HttpClientHost implements CheckHost {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private LastLooks looks;

    @Override
    public void start(Load load, List<URI> targets) {
        looks = new LastLooks(load.checks());
        for (int i = 0; i < load.checks(); i++) {
            int check = i;
            HttpRequest request =
                    HttpRequest.newBuilder(targets.get(i)).timeout(Load.TIMEOUT).build();
            timer.scheduleAtFixedRate(
                    () -> look(check, request),
                    load.firstLook(i).toNanos(),
                    load.interval().toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void look(int check, HttpRequest request) {
        long begin = System.nanoTime();
        client.sendAsync(request, BodyHandlers.discarding())
                .whenComplete((response, failure) ->
                        looks.ended(check, begin, failure == null && response.statusCode() == 200));
    }

    @Override
    public long[] latencies() {
        return looks.healthy();
    }
}
