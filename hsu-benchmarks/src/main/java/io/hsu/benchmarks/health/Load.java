package io.hsu.benchmarks.health;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What one JVM has to look at.
 *
 * @param kind how it looks
 * @param checks how many checks there are; the first of them ask what hangs
 * @param interval how often each of them looks
 * @param hung how many ask an endpoint that takes the request and never answers
 * @param onePort whether all ask the same port; else each has one of its own, as processes have
 */
record Load(Kind kind, int checks, Duration interval, int hung, boolean onePort) {

    /** How a check looks. */
    enum Kind {
        /** There are no checks, only processes. */
        NONE,
        PROCESS,
        HTTP
    }

    /** How long a look may take, whoever looks. */
    static final Duration TIMEOUT = Duration.ofMillis(500);

    /** After so many intervals all checks look. */
    private static final int RAMP = 5;

    /** {@return looks per second} */
    double perSecond() {
        return kind == Kind.NONE ? 0 : checks / (interval.toNanos() / 1e9);
    }

    /** {@return arguments for another JVM} */
    List<String> toArguments() {
        return List.of(
                kind.name().toLowerCase(Locale.ROOT),
                Integer.toString(checks),
                Long.toString(interval.toMillis()),
                Integer.toString(hung),
                Boolean.toString(onePort));
    }

    /** {@return what the arguments of a JVM say, see {@link #toArguments}} */
    static Load parse(List<String> arguments) {
        return new Load(
                Kind.valueOf(arguments.get(0).toUpperCase(Locale.ROOT)),
                Integer.parseInt(arguments.get(1)),
                Duration.ofMillis(Long.parseLong(arguments.get(2))),
                Integer.parseInt(arguments.get(3)),
                Boolean.parseBoolean(arguments.get(4)));
    }

    /** {@return what each check asks} */
    List<URI> targets(List<Integer> ports) {
        return IntStream.range(0, checks)
                .mapToObj(i -> URI.create("http://127.0.0.1:%d/%s"
                        .formatted(
                                ports.get(onePort ? 0 : i % ports.size()),
                                i < hung ? EndpointHost.HANG : EndpointHost.HEALTH)))
                .toList();
    }

    /** {@return where in the interval a check has its place, so that all together are spread over it} */
    Duration place(int check) {
        return interval.multipliedBy(check).dividedBy(checks);
    }

    /** {@return when the first look of a check is due: a client that is cold gets a part of the load more with each interval} */
    Duration firstLook(int check) {
        return place(check).plus(interval.multipliedBy(check % RAMP));
    }
}
