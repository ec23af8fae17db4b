package io.hsu.health;

import io.hsu.spi.HealthResult;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * What every look of one check does. Immutable.
 *
 * @param client what sends it
 * @param request what is sent
 * @param url where to, as it may be shown
 * @param expected the statuses that count as healthy
 * @param body what the body must contain, or null
 */
record HttpLook(HttpClient client, Request request, String url, StatusCodes expected, Pattern body) {

    /** A health endpoint that says more than this says too much; the rest is left unread. */
    private static final int MOST_BODY = 64 * 1024;

    void begin(CompletableFuture<HealthResult> result) {
        client.get(request.isHttps()).whenComplete((ready, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            try {
                send(ready, result);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e); // no thread is to be had, say
            }
        });
    }

    private void send(OkHttpClient ready, CompletableFuture<HealthResult> result) {
        Call call = ready.newCall(request);
        result.whenComplete((done, cancelled) -> {
            if (cancelled != null) {
                call.cancel();
            }
        });
        call.enqueue(new Answer(result));
    }

    private HealthResult judge(Response response, CompletableFuture<HealthResult> result) throws IOException {
        String found =
                "HTTP " + response.code() + " from " + url; // with each look: a format would cost ten times as much
        if (!expected.contains(response.code())) {
            return HealthResult.unhealthy(
                    expected.equals(StatusCodes.SUCCESS_OR_REDIRECT) ? found : found + ", expected " + expected);
        }
        if (body != null && !matches(response.peekBody(MOST_BODY).string(), result)) {
            return HealthResult.unhealthy("%s, but nothing in its body matches /%s/".formatted(found, body));
        }
        return HealthResult.healthy(found);
    }

    private boolean matches(String text, CompletableFuture<HealthResult> result) {
        return body.matcher(new UntilDone(text, result)).find();
    }

    /** A text that can be read until nobody waits for what is found in it: a pattern may take its time, even for ever. */
    private record UntilDone(CharSequence text, CompletableFuture<?> result) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (result.isDone()) {
                throw new CancellationException("the look is over");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new UntilDone(text.subSequence(start, end), result);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private final class Answer implements Callback {
        private final CompletableFuture<HealthResult> result;

        Answer(CompletableFuture<HealthResult> result) {
            this.result = result;
        }

        @Override
        public void onResponse(Call call, Response response) {
            if (body == null) {
                read(response);
            } else {
                readInPool(response); // a pattern may take its time, and lets go of no thread
            }
        }

        private void readInPool(Response response) {
            try {
                SharedClient.pool().execute(() -> read(response));
            } catch (RuntimeException | Error e) {
                response.close();
                result.completeExceptionally(e);
            }
        }

        private void read(Response response) {
            HealthResult found;
            try (response) {
                found = judge(response, result);
            } catch (IOException e) {
                found = Failures.unhealthy(url, e);
            } catch (CancellationException e) {
                return; // nobody waits for it
            } catch (StackOverflowError e) {
                // The regex engine recurses. An error left to the client would leave the look without a result.
                found = HealthResult.unhealthy(
                        "the pattern /%s/ is too deep for the body from %s".formatted(body, url));
            }
            result.complete(found);
        }

        @Override
        public void onFailure(Call call, IOException e) {
            result.complete(Failures.unhealthy(url, e));
        }
    }
}
