package io.sagebench.live.engine.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Takes the pages of an engine's metrics: one at the beginning, one every so often, one at the end. On a thread of its own.
public final class EngineUseWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final EngineUse use;
    private final Supplier<Page> pages;
    private final Runnable close;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<String> problem = Optional.empty();

    /// What came of asking.
    ///
    /// @param text    of the page; absent when there is none
    /// @param problem why, then
    public record Page(Optional<String> text, String problem) {}

    private EngineUseWatch(EngineUse use, Supplier<Page> pages, Runnable close, Duration interval) {
        this.use = use;
        this.pages = pages;
        this.close = close;
        ask();
        thread = Thread.ofVirtual().name("engine-metrics").start(() -> askUntilStopped(interval));
    }

    /// Asks for the first page, and begins to ask for others. Blocks until the first is there.
    ///
    /// @param url    of the metrics
    /// @param apiKey sent as a bearer token
    public static EngineUseWatch start(URI url, Optional<String> apiKey, Optional<ServerKind> kind, Duration interval) {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
        return new EngineUseWatch(new EngineUse(kind), () -> page(http, url, apiKey), http::shutdownNow, interval);
    }

    private static Page page(HttpClient http, URI url, Optional<String> apiKey) {
        var request = HttpRequest.newBuilder(url).timeout(PATIENCE);
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() == OK
                    ? new Page(Optional.of(answer.body()), "")
                    : new Page(Optional.empty(), url.getPath() + " answered with status " + answer.statusCode());
        } catch (IOException failed) {
            return new Page(Optional.empty(), url.getPath() + " did not answer: " + failed);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Page(Optional.empty(), "interrupted");
        }
    }

    private void askUntilStopped(Duration interval) {
        try {
            while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                ask();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        Page page = pages.get();
        problem = page.text().isPresent() ? use.take(page.text().get()) : Optional.of(page.problem());
    }

    /// Asks for the last page and returns what all of them say. Blocks.
    public EngineUse stop() {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        ask();
        close.run();
        return use;
    }

    /// Why the last attempt said nothing, if so.
    public Optional<String> problem() {
        return problem;
    }
}
