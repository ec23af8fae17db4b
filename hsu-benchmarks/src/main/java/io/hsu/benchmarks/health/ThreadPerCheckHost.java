package io.hsu.benchmarks.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A thread for each check, which asks, and sleeps. */
final class ThreadPerCheckHost implements CheckHost {

    private LastLooks looks;

    @Override
    public void start(Load load, List<URI> targets) {
        looks = new LastLooks(load.checks());
        long start = System.nanoTime();
        for (int i = 0; i < load.checks(); i++) {
            int check = i;
            Thread thread = new Thread(
                    () -> lookForEver(
                            check,
                            targets.get(check),
                            start + load.firstLook(check).toNanos(),
                            load.interval().toNanos()),
                    "check-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void lookForEver(int check, URI target, long first, long interval) {
        try {
            for (long due = first; ; due += interval) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                long begin = System.nanoTime();
                looks.ended(check, begin, look(target));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean look(URI target) {
        try {
            HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
            connection.setConnectTimeout((int) Load.TIMEOUT.toMillis());
            connection.setReadTimeout((int) Load.TIMEOUT.toMillis());
            try (InputStream body = connection.getInputStream()) {
                body.transferTo(OutputStream.nullOutputStream());
            }
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long[] latencies() {
        return looks.healthy();
    }
}
