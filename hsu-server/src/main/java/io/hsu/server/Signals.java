package io.hsu.server;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * INT (Ctrl-C) and TERM, taken from the JVM, whose own answer would be to end with a code of 128 and more. Everything else is
 * left to the JVM.
 */
final class Signals {

    private static final Logger log = LoggerFactory.getLogger(Signals.class);

    /**
     * Calls {@code handler} with the name of each INT and TERM, on a thread of the JVM. Where there are no signals to be had,
     * this does nothing: the JVM's shutdown hooks remain.
     */
    static void handle(Consumer<String> handler) {
        for (String name : List.of("INT", "TERM")) {
            try {
                handle(name, handler);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                log.debug("signal {} is left to the JVM: {}", name, e.toString());
            }
        }
    }

    /** By reflection: a run-time image may lack the API, and javac's warning of it cannot be switched off. */
    private static void handle(String name, Consumer<String> handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
        Object ours = Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {signalHandler}, (proxy, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        handler.accept(name);
                    }
                    return null;
                });
        signal.getMethod("handle", signal, signalHandler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    }

    private Signals() {}
}
