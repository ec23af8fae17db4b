package io.hsu.internal.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A socket that a child notifies its manager by: an abstract unix datagram socket, so there is no file that would be left behind.
 * Anybody on the machine can see its name; so the kernel tells who has sent each message. Used by one thread at a time.
 */
public final class NotifySocket {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PASSCRED = 16;
    private static final int SCM_CREDENTIALS = 2;
    private static final int MSG_TRUNC = 0x20;

    /** How long a message may be: more than sd_notify's own limit. */
    public static final int MOST_BYTES = 8 * 1024;

    private static final int ADDRESS_PATH = 2;
    private static final int NAME_AT = 0;
    private static final int IOV_AT = Layout.MSGHDR_SIZE;
    private static final int CONTROL_AT = IOV_AT + 16;
    private static final int TEXT_AT = CONTROL_AT + Layout.CREDENTIALS_SPACE;

    private final int descriptor;
    private final NativeMemory memory;

    private NotifySocket(int descriptor, NativeMemory memory) {
        this.descriptor = descriptor;
        this.memory = memory;
    }

    /**
     * A message with its sender, as the kernel vouches for it.
     *
     * @param text what it says
     * @param pid the sender's process id
     * @param uid the sender's user
     */
    public record Message(String text, int pid, int uid) {}

    /**
     * Opens one.
     *
     * @param name its name among the abstract sockets
     * @throws IOException if the system refuses
     */
    public static NotifySocket open(String name) throws IOException {
        NativeMemory memory = new NativeMemory(TEXT_AT + MOST_BYTES); // first: there may be none to be had
        int opened = LibC.socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (opened < 0) {
            throw Errno.failed("socket");
        }
        int socket = opened;
        try {
            socket = Descriptors.aboveStandard(opened);
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            memory.putInt(0, 1);
            if (LibC.setsockopt(socket, SOL_SOCKET, SO_PASSCRED, memory.address(), Integer.BYTES) != 0) {
                throw Errno.failed("setsockopt(SO_PASSCRED)");
            }
            memory.put(0, new byte[] {AF_UNIX, 0, 0}); // the family in the machine's byte order; a NUL: abstract
            memory.put(ADDRESS_PATH + 1, bytes);
            if (LibC.bind(socket, memory.address(), ADDRESS_PATH + 1 + bytes.length) != 0) {
                throw Errno.failed("bind");
            }
            return new NotifySocket(socket, memory);
        } catch (IOException e) {
            LibC.close(socket);
            throw e;
        }
    }

    /** {@return what the reactor waits for} */
    public int descriptor() {
        return descriptor;
    }

    /**
     * {@return the next message; empty if there is none now} One that is too long, or whose sender the kernel does not name, has no
     * text.
     */
    public Optional<Message> next() {
        memory.putLong(NAME_AT, 0);
        memory.putLong(NAME_AT + 8, 0);
        memory.putLong(Layout.MSGHDR_IOV, memory.address() + IOV_AT);
        memory.putLong(Layout.MSGHDR_IOV_COUNT, 1);
        memory.putLong(Layout.MSGHDR_CONTROL, memory.address() + CONTROL_AT);
        // No room for descriptors: those that somebody sends along, the kernel closes.
        memory.putLong(Layout.MSGHDR_CONTROL_SIZE, Layout.CREDENTIALS_SPACE);
        memory.putLong(IOV_AT, memory.address() + TEXT_AT);
        memory.putLong(IOV_AT + 8, MOST_BYTES);
        long length = LibC.recvmsg(descriptor, memory.address(), 0);
        if (length < 0) {
            return Optional.empty();
        }
        boolean told = memory.getLong(Layout.MSGHDR_CONTROL_SIZE) >= Layout.CMSGHDR_DATA + 12
                && memory.getInt(CONTROL_AT + Layout.CMSGHDR_LEVEL) == SOL_SOCKET
                && memory.getInt(CONTROL_AT + Layout.CMSGHDR_TYPE) == SCM_CREDENTIALS;
        if (!told || (memory.getInt(Layout.MSGHDR_FLAGS) & MSG_TRUNC) != 0) {
            return Optional.of(new Message("", -1, -1));
        }
        byte[] text = new byte[(int) length];
        memory.get(TEXT_AT, text, 0, text.length);
        int credentials = CONTROL_AT + Layout.CMSGHDR_DATA;
        return Optional.of(new Message(
                new String(text, StandardCharsets.UTF_8),
                memory.getInt(credentials),
                memory.getInt(credentials + Integer.BYTES)));
    }

    /** {@return the user that this process acts as} */
    public static int ownUid() {
        return LibC.geteuid();
    }

    /** Closes it; whoever sends from now on is refused. */
    public void close() {
        LibC.close(descriptor);
    }
}
