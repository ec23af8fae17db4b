package io.hsu.internal.state;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The launch that writes to a spool.
 *
 * @param isStopped whether the manager has stopped it, because it was too far ahead
 * @param pid its process id
 * @param start when it has begun, in the kernel's ticks; 0 if that is not known
 * @param mark the mark in its environment
 */
public record SpoolOwner(long pid, long start, String mark, boolean isStopped) {

    private static final Pattern TEXT =
            Pattern.compile("pid=(\\d{1,18}) start=(\\d{1,18}) mark=(\\S{1,200}) stopped=(true|false) *");

    /** {@return the same, stopped or not} */
    public SpoolOwner stopped(boolean stopped) {
        return new SpoolOwner(pid, start, mark, stopped);
    }

    String toText() {
        return "pid=%d start=%d mark=%s stopped=%-5s".formatted(pid, start, mark, isStopped);
    }

    static Optional<SpoolOwner> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new SpoolOwner(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)),
                        matcher.group(3),
                        Boolean.parseBoolean(matcher.group(4))))
                : Optional.empty();
    }
}
