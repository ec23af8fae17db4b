package io.hsu.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** What is said of an error that nobody expected, so that only its trace can say what it is. */
final class Unexpected {

    /** More is the same over and over, in an endless recursion. */
    private static final int MOST_FRAMES = 50;

    static String text(Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        if (frames.length > MOST_FRAMES) {
            error.setStackTrace(Arrays.copyOf(frames, MOST_FRAMES));
        }
        StringWriter text = new StringWriter();
        PrintWriter lines = new PrintWriter(text);
        lines.println("hsu: unexpected error: %s; %s".formatted(error, whatToDo(error)));
        error.printStackTrace(lines);
        lines.flush();
        return text.toString();
    }

    private static String whatToDo(Throwable error) {
        if (error instanceof OutOfMemoryError) {
            return "the JVM has too little memory: give it more, as in java -Xmx1g -jar hsu-server.jar";
        }
        if (error instanceof StackOverflowError) {
            return "the stack of a thread is too small: give it more, as in java -Xss8m -jar hsu-server.jar,"
                    + " and please report it, with what follows";
        }
        return "please report it, with what follows";
    }

    private Unexpected() {}
}
