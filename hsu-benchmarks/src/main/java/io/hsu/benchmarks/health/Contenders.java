package io.hsu.benchmarks.health;

import io.hsu.benchmarks.health.HealthHost.Kind;
import io.hsu.benchmarks.support.CannotMeasureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All that are compared, in the order of the table. */
final class Contenders {

    /** The one that others are compared with: what the JDK has for it. */
    static final String HTTP_CLIENT = "http-client";

    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofSeconds(10);

    /**
     * {@return all of them}
     *
     * @param checks how many each has
     */
    static List<Contender> all(int checks) {
        int hung = checks / 10;
        Load often = new Load(Load.Kind.HTTP, checks, OFTEN, 0, false);
        Load someHang = new Load(Load.Kind.HTTP, checks, OFTEN, hung, false);
        return List.of(
                new Contender("idle", "HSU, no checks", Kind.HSU, new Load(Load.Kind.NONE, checks, OFTEN, 0, false)),
                new Contender(
                        "process",
                        "HSU, process, every 1 s",
                        Kind.HSU,
                        new Load(Load.Kind.PROCESS, checks, OFTEN, 0, false)),
                new Contender(
                        "http-10s",
                        "HSU, HTTP, every 10 s",
                        Kind.HSU,
                        new Load(Load.Kind.HTTP, checks, USUAL, 0, false)),
                new Contender("http", "HSU, HTTP, every 1 s", Kind.HSU, often),
                new Contender(
                        "http-one-port",
                        "HSU, HTTP, every 1 s, all to one port",
                        Kind.HSU,
                        new Load(Load.Kind.HTTP, checks, OFTEN, 0, true)),
                new Contender("hung", "HSU, HTTP, every 1 s, %d hang".formatted(hung), Kind.HSU, someHang),
                new Contender(HTTP_CLIENT, "java.net.http.HttpClient", Kind.HTTP_CLIENT, often),
                new Contender(
                        "http-client-hung",
                        "java.net.http.HttpClient, %d hang".formatted(hung),
                        Kind.HTTP_CLIENT,
                        someHang),
                new Contender(
                        "thread-per-check", "HttpURLConnection, a thread per check", Kind.THREAD_PER_CHECK, often),
                new Contender("plain-sockets", "plain sockets, one thread", Kind.PLAIN_SOCKET, often));
    }

    /**
     * {@return those with some keys}
     *
     * @param keys empty for all
     * @throws CannotMeasureException if nobody has one of the keys
     */
    static List<Contender> only(List<String> keys, List<Contender> all) {
        List<String> unknown = new ArrayList<>(keys);
        all.forEach(contender -> unknown.remove(contender.key()));
        if (!unknown.isEmpty()) {
            throw new CannotMeasureException("--only: nobody is called %s; there are %s"
                    .formatted(unknown, all.stream().map(Contender::key).toList()));
        }
        return all.stream()
                .filter(contender -> keys.isEmpty() || keys.contains(contender.key()))
                .toList();
    }

    private Contenders() {}
}
