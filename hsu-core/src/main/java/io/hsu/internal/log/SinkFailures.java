package io.hsu.internal.log;

import java.time.Duration;

/** How it stands with a sink that fails: told once, tried again later and later. Used under the port's lock. */
final class SinkFailures {

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    /** Of {@link #taken}: nothing had failed. */
    static final long NO_NEWS = -1;

    private boolean failing;
    /** It takes lines, and cannot hand them on. */
    private boolean flushFails;

    private long lost;
    private Duration nextRetry = FIRST_RETRY;

    boolean isFailing() {
        return failing;
    }

    /** Lines found no room. */
    void lost(long count) {
        lost += count;
    }

    /** It has refused something. {@return whether that is news} */
    boolean failed() {
        boolean news = !failing && !flushFails;
        lost = failing ? lost : 0;
        failing = true;
        return news;
    }

    /** {@return after which time it is tried again} */
    Duration retryDelay() {
        Duration now = nextRetry;
        Duration doubled = now.multipliedBy(2);
        nextRetry = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
        return now;
    }

    /** It has taken something. {@return how many lines were lost before, if it had failed and that is over; else NO_NEWS} */
    long taken() {
        long news = failing && !flushFails ? lost : NO_NEWS;
        failing = false;
        lost = 0;
        nextRetry = FIRST_RETRY;
        return news;
    }

    /** {@return whether that is news} */
    boolean flushFailed() {
        boolean news = !flushFails;
        flushFails = true;
        return news;
    }

    /** {@return whether it is news that it can} */
    boolean flushed() {
        boolean news = flushFails;
        flushFails = false;
        return news;
    }
}
