package io.sagebench.live.engine.metrics;

import io.sagebench.live.engine.metrics.PrometheusText.Page;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks one server for its metrics again and again, beside all other work: a server that is slow to tell, or never does, only lets the last report
/// grow old. After a failure it asks less and less often, down to every 30 s. Safe for use by any thread.
public final class MetricsWatch implements AutoCloseable {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final long MOST_PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

    private final Supplier<CompletableFuture<String>> pages;
    private final long intervalNanos;
    private final LongSupplier clock;
    private final ReportHistory history;
    private volatile State state = new State(Optional.empty(), Optional.empty(), Optional.empty());
    private volatile boolean closed;
    private long pauseNanos; // of the one that asks

    /// What is known.
    ///
    /// @param report  the last that came, however old
    /// @param samples the page it was made from
    /// @param problem why the last attempt gave none; absent when it did
    public record State(Optional<EngineReport> report, Optional<MetricSamples> samples, Optional<String> problem) {}

    /// @param pages    asks for the text of the page, without blocking
    /// @param kind     whose names to look for; absent to find out from the page
    /// @param interval from the end of an attempt to the next
    /// @param clock    nanoseconds on the timeline
    public MetricsWatch(
            Supplier<CompletableFuture<String>> pages, Optional<ServerKind> kind, Duration interval, LongSupplier clock) {
        this.pages = pages;
        this.intervalNanos = interval.toNanos();
        this.pauseNanos = intervalNanos;
        this.clock = clock;
        this.history = new ReportHistory(kind, WINDOW);
    }

    /// Asks now, and then again and again. To be called once.
    ///
    /// @return done when the first attempt is over, well or not
    public CompletableFuture<Void> start() {
        return attempt();
    }

    /// What is known by now.
    public State state() {
        return state;
    }

    /// Asks no more.
    @Override
    public void close() {
        closed = true;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // each attempt handles its own failure
    private CompletableFuture<Void> attempt() {
        if (closed) {
            return CompletableFuture.completedFuture(null);
        }
        return pages.get().handle((text, failure) -> {
            boolean isGood = take(text, failure);
            pauseNanos = isGood ? intervalNanos : Math.max(intervalNanos, Math.min(2 * pauseNanos, MOST_PAUSE_NANOS));
            later(pauseNanos).execute(this::attempt);
            return null;
        });
    }

    private boolean take(@Nullable String text, @Nullable Throwable failure) {
        if (text == null) {
            return failed(failure == null ? "no page" : reason(failure));
        }
        return switch (PrometheusText.read(text, ServerKind::mayKnow)) {
            case Page.Malformed(String why) -> failed("the metrics cannot be read: " + why);
            case Page.Read(MetricSamples samples) -> {
                Optional<EngineReport> report = history.report(samples, clock.getAsLong());
                if (report.isEmpty()) {
                    yield failed("its metrics have no names of an engine that is known");
                }
                state = new State(report, Optional.of(samples), Optional.empty());
                yield true;
            }
        };
    }

    private boolean failed(String problem) {
        State before = state;
        state = new State(before.report, before.samples, Optional.of(problem));
        return false;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    }

    private static Executor later(long nanos) {
        return CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Thread::startVirtualThread);
    }
}
