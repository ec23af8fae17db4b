package io.hsu;

/**
 * Who holds a {@link Limit}. To hold is not to watch: the kernel lets nobody past a limit that it holds, at any moment; the
 * manager looks now and then, and acts on what it finds. But the kernel knows no patience, no warning and no policy. It has one
 * answer to each limit:
 *
 * <table>
 * <caption>What holds which limit</caption>
 * <tr><th>limit</th><th>held by</th><th>what happens at it</th><th>with {@link #AUTO}</th></tr>
 * <tr><td>open files</td><td>RLIMIT_NOFILE of each process</td><td>no more are opened (EMFILE)</td><td>always</td></tr>
 * <tr><td>processes</td><td>{@code pids.max} of a control group</td><td>no more are started (EAGAIN)</td><td>always</td></tr>
 * <tr><td>virtual memory</td><td>RLIMIT_AS of each process</td><td>memory is refused (ENOMEM): most programs abort</td><td>if
 * the action is {@link LimitAction#IMMEDIATE_KILL}</td></tr>
 * <tr><td>CPU time</td><td>RLIMIT_CPU of each process, in whole seconds</td><td>XCPU, a second later KILL</td><td>if the
 * action is {@code IMMEDIATE_KILL}</td></tr>
 * <tr><td>memory</td><td>{@code memory.max} of a control group</td><td>the kernel's out-of-memory killer</td><td>if the
 * action is {@code IMMEDIATE_KILL}</td></tr>
 * <tr><td>memory</td><td>{@code memory.high} of a control group (version 2)</td><td>the tree is slowed down</td><td>if the
 * action is {@link LimitAction#THROTTLE}</td></tr>
 * <tr><td>swap</td><td>{@code memory.swap.max} of a control group</td><td>no more is swapped out</td><td>always; it is not
 * watched, so without such a group the process is refused, unless that is tolerated</td></tr>
 * <tr><td>CPU</td><td>{@code cpu.max} of a control group</td><td>the tree is slowed down</td><td>if the action is {@code
 * THROTTLE}</td></tr>
 * <tr><td>reads, writes</td><td>{@code io.max} of a control group, for each disk</td><td>the tree is slowed down</td><td>if
 * the action is {@code THROTTLE}</td></tr>
 * <tr><td>child processes</td><td>nobody</td><td></td><td>never</td></tr>
 * </table>
 *
 * <p>So a process whose memory is to be logged, or that is to be restarted in an orderly way, must not be killed by the kernel at
 * just that size: the action would never be taken. {@link #AUTO} therefore leaves a limit to the kernel only where the kernel's
 * answer goes no further than the action. It may refuse a descriptor or a process in any case: the program goes on and can deal
 * with it, the limit can be seen to be reached, and nobody who names such a limit expects the next one to be opened.
 *
 * <p>A resource limit (RLIMIT) binds each process by itself, and what it starts; a tree may reach a limit that none of its
 * processes does, and that is seen by watching. It is there before the program begins, and the program cannot lift it.
 */
public enum LimitEnforcement {

    /** Watched; and held by the kernel as well, where it can and that does no harm (see the table). The default. */
    AUTO,

    /**
     * Held by the kernel, whatever the action; watched as well. Where the kernel cannot hold it, the process is refused when it is
     * registered, with the reason; unless that is {@linkplain Limit#bestEffort() tolerated}.
     */
    KERNEL,

    /** Watched only: nothing happens before the manager has looked. Swap is held by the kernel all the same, since nobody else knows it. */
    WATCHED
}
