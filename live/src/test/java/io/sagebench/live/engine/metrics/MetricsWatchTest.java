package io.sagebench.live.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.live.engine.metrics.MetricsWatch.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsWatchTest {
    private final BlockingQueue<CompletableFuture<String>> asked = new LinkedBlockingQueue<>();
    private final AtomicLong now = new AtomicLong();

    @Test
    void keepsTheLastReportWhileTheServerIsSlowOrFails() throws InterruptedException {
        try (var watch = new MetricsWatch(this::ask, Optional.empty(), Duration.ofMillis(1), now::get)) {
            CompletableFuture<Void> first = watch.start();
            assertThat(watch.state()).isEqualTo(new State(Optional.empty(), Optional.empty(), Optional.empty()));
            now.set(5);
            next().complete("vllm:num_requests_running 3\n");
            first.join();
            assertThat(watch.state().report().orElseThrow().running()).hasValue(3);
            assertThat(watch.state().report().orElseThrow().sampledAtNanos()).isEqualTo(5);

            now.set(9);
            next().completeExceptionally(new IOException("it is gone"));
            await().until(() -> watch.state().problem().equals(Optional.of("it is gone")));
            assertThat(watch.state().report().orElseThrow().sampledAtNanos()).as("its age is kept").isEqualTo(5);

            next().complete("<html>");
            await().until(() -> watch.state().problem().orElse("").contains("line 1"));
            next().complete("process_cpu_seconds_total 1\n");
            await().until(() -> watch.state().problem().orElse("").contains("no names of an engine"));
            next().complete("vllm:num_requests_running 4\n");
            await().until(() -> watch.state().report().orElseThrow().running().orElse(0) == 4);
            assertThat(watch.state().problem()).isEmpty();
        }
    }

    @Test
    void asksNoMoreWhenClosed() throws InterruptedException {
        var watch = new MetricsWatch(this::ask, Optional.empty(), Duration.ofMillis(1), now::get);
        CompletableFuture<Void> first = watch.start();
        CompletableFuture<String> page = next();
        watch.close();
        page.complete("vllm:num_requests_running 3\n");
        first.join();
        assertThat(asked.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    private CompletableFuture<String> ask() {
        var answer = new CompletableFuture<String>();
        asked.add(answer);
        return answer;
    }

    private CompletableFuture<String> next() throws InterruptedException {
        CompletableFuture<String> next = asked.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("it does not ask");
        }
        return next;
    }
}
