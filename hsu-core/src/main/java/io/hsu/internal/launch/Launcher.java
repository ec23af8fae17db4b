package io.hsu.internal.launch;

import io.hsu.Limit;
import io.hsu.OutputSpec;
import io.hsu.internal.state.Spool;
import java.io.IOException;
import java.util.List;

/**
 * Makes operating system processes. Implementations pass one shared contract test.
 *
 * <p>Safe for use by many threads.
 */
public interface Launcher extends AutoCloseable {

    /** {@return the name under which it is logged} */
    String name();

    /**
     * Launches a process; blocks for as long as the system takes.
     *
     * @param request what to launch
     * @param listener hears of its output and its exit, from the launcher's threads, perhaps before this returns
     * @return the living process
     * @throws io.hsu.ProcessStartException if there is none
     */
    LaunchedProcess launch(LaunchRequest request, LaunchListener listener);

    /** {@return whether output can go through spools} */
    default boolean canSpool() {
        return false;
    }

    /** {@return whether a process can notify its manager by systemd's protocol} */
    default boolean canBeNotified() {
        return false;
    }

    /** {@return whether a process can be paused ({@link LaunchedProcess#pause})} */
    default boolean canPause() {
        return false;
    }

    /**
     * {@return whether the kernel can hold a limit for this launcher} Asked before a launch; may make control groups ready.
     *
     * @param all the limits of the process, this one among them
     */
    default LimitSupport support(Limit limit, List<Limit> all) {
        return LimitSupport.none("the %s launcher cannot have the kernel hold limits".formatted(name()));
    }

    /** {@return whether the kernel can give a process something for this launcher} */
    default LimitSupport support(LaunchSetting setting, long value) {
        return LimitSupport.none("the %s launcher cannot set %s".formatted(name(), setting.label()));
    }

    /**
     * Reads what an earlier manager has left in a spool, and goes on for as long as somebody writes to it.
     *
     * @param output how much may wait in it, and what happens beyond that
     * @param listener hears of the output and its end; of no exit
     * @return whether somebody may still write to it, so that its end may never come
     * @throws IOException if the system refuses; the spool stays as it is
     */
    default boolean follow(Spool spool, OutputSpec output, LaunchListener listener) throws IOException {
        throw new UnsupportedOperationException(name() + " does not follow spools");
    }

    /** Ends its threads, as soon as none of its processes needs them any more. */
    @Override
    default void close() {}
}
