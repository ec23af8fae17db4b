package io.hsu.internal.launch;

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

    /** Ends its threads, as soon as none of its processes needs them any more. */
    @Override
    default void close() {}
}
