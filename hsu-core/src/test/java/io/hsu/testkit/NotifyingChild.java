package io.hsu.testkit;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that speaks sd_notify(3), as its arguments say, one after the other: {@code say:TEXT} ({@code ;} stands for a new line),
 * {@code await:FILE}, {@code beat:FILE} (signs of life, until the file is there).
 */
public final class NotifyingChild {

    private interface C extends Library {
        int socket(int domain, int type, int protocol);

        int close(int descriptor);

        int sendto(int socket, byte[] text, int length, int flags, byte[] address, int size);
    }

    private static final C LIBRARY = Native.load("c", C.class);

    public static void main(String[] args) throws InterruptedException {
        for (String arg : args) {
            String what = arg.substring(arg.indexOf(':') + 1);
            switch (arg.substring(0, arg.indexOf(':'))) {
                case "say" -> say(what.replace(';', '\n'));
                case "await" -> await(Path.of(what), 10, false);
                default -> await(Path.of(what), Long.parseLong(System.getenv("WATCHDOG_USEC")) / 4_000, true);
            }
        }
        System.out.println("all said");
    }

    /** {@return the command line that runs it} */
    public static List<String> command(String... args) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new java.util.ArrayList<>(List.of(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NotifyingChild.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** Not the subject of any test: the child has nothing else to wait by. */
    private static void await(Path file, long millis, boolean beat) throws InterruptedException {
        while (!Files.exists(file)) {
            if (beat) {
                say("WATCHDOG=1");
            }
            Thread.sleep(millis);
        }
    }

    private static void say(String text) {
        say(System.getenv("NOTIFY_SOCKET"), text);
    }

    /** Says something by a socket, as sd_notify(3) does. */
    public static void say(String name, String text) {
        byte[] path = name.getBytes(StandardCharsets.US_ASCII);
        byte[] address = new byte[2 + path.length];
        address[0] = 1;
        System.arraycopy(path, 0, address, 2, path.length);
        if (name.startsWith("@")) {
            address[2] = 0;
        }
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        int socket = LIBRARY.socket(1, 2, 0);
        int sent = LIBRARY.sendto(socket, message, message.length, 0, address, address.length);
        int error = Native.getLastError();
        LIBRARY.close(socket);
        if (sent != message.length) {
            throw new IllegalStateException("error " + error);
        }
    }

    private NotifyingChild() {}
}
