package io.sagebench.cli;

import io.sagebench.benchmark.Progress;
import io.sagebench.benchmark.Turn;
import io.sagebench.benchmark.engine.EngineListener;
import io.sagebench.benchmark.engine.EngineRun;
import io.sagebench.benchmark.engine.EngineTarget;
import io.sagebench.benchmark.engine.EngineWorkload;
import io.sagebench.journal.RequestRecord;
import io.sagebench.metrics.recent.LatencyBins;
import io.sagebench.metrics.recent.LatencyPercentiles;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Shows how an engine benchmark goes: a line for each workload, and meanwhile what [ProgressDisplay] shows of any benchmark.
final class EngineProgress implements EngineListener, AutoCloseable {
    private final Terminal terminal;
    private final Extent extent;
    private final boolean verbose;
    private final LongSupplier clock;
    private final ProgressDisplay display;
    private volatile Seen seen = new Seen();
    private String who = "";
    private int number;
    private long beganAtNanos;

    /// How much there is to do.
    ///
    /// @param runs    measurements of all workloads
    /// @param repeats of each workload
    /// @param timed   whether each ends with time rather than with a number of requests
    record Extent(int runs, int repeats, boolean timed) {}

    /// What is known of the requests of a measurement, readable from any thread.
    private static final class Seen {
        private final AtomicLong errors = new AtomicLong();
        private final LatencyBins endToEnd = new LatencyBins();
    }

    /// @param clock a clock of nanoseconds that never runs backwards
    EngineProgress(Terminal terminal, Extent extent, boolean verbose, LongSupplier clock) {
        this.terminal = terminal;
        this.extent = extent;
        this.verbose = verbose;
        this.clock = clock;
        this.display = new ProgressDisplay(terminal, clock);
    }

    /// Which of several engines is measured from now on.
    void about(String label) {
        who = label + ", ";
    }

    @Override
    public void targetReady(EngineTarget target) {
        line("Engine: " + target.backend().wireName() + ", model " + target.model() + ", at " + target.url() + " (" + target.description() + ")");
        target.notes().forEach(note -> line("Note: " + note + "."));
    }

    @Override
    public void warmingUp(EngineWorkload workload, int repeat, int requests) {
        if (verbose) {
            line(which(workload, repeat) + ": warming up with " + requests + (requests == 1 ? " request" : " requests"));
        }
    }

    @Override
    public void measuring(EngineWorkload workload, int repeat) {
        if (verbose) {
            line(which(workload, repeat) + ": " + workload.requests() + " requests of " + workload.promptTokens() + " to " + workload.outputTokens()
                    + " tokens, " + workload.execution().text() + " (" + workload.purpose() + ")");
        }
        number = Math.min(number + 1, extent.runs());
        seen = new Seen();
        beganAtNanos = clock.getAsLong();
        display.measuring(turn(workload, repeat));
    }

    @Override
    public void ended(EngineWorkload workload, int repeat, RequestRecord record) {
        Seen now = seen;
        if (!record.isCompleted()) {
            now.errors.getAndIncrement();
        }
        OptionalLong latency = record.endToEndNanos();
        if (latency.isPresent()) {
            now.endToEnd.add(latency.getAsLong());
        }
    }

    @Override
    public void progress(EngineWorkload workload, int repeat, long sent, long ended) {
        LatencyPercentiles latency = seen.endToEnd.percentiles();
        display.progress(new Progress(
                turn(workload, repeat),
                clock.getAsLong() - beganAtNanos,
                sent,
                ended,
                seen.errors.get(),
                latency.isKnown() ? OptionalLong.of(latency.p50Nanos()) : OptionalLong.empty(),
                latency.isKnown() ? OptionalLong.of(latency.p99Nanos()) : OptionalLong.empty()));
    }

    @Override
    public void measured(EngineRun run) {
        var metrics = run.metrics();
        line(String.format(
                Locale.ROOT,
                "%s: %d of %d requests in %.2f s, output %.1f tok/s",
                which(run.workload(), run.repeat()),
                metrics.count("successful_requests"),
                metrics.count("total_requests"),
                metrics.value("total_time_s").orElse(0),
                metrics.value("output_throughput_tps").orElse(0)));
    }

    @Override
    public void note(String message) {
        line(message);
    }

    private Turn turn(EngineWorkload workload, int repeat) {
        OptionalLong requests = extent.timed() ? OptionalLong.empty() : OptionalLong.of(workload.requests());
        return new Turn(who + workload.name(), Math.max(1, number), extent.runs(), repeat, Math.max(repeat, extent.repeats()), requests);
    }

    private String which(EngineWorkload workload, int repeat) {
        return who + workload.name() + (extent.repeats() > 1 ? " " + repeat + "/" + extent.repeats() : "");
    }

    private void line(String text) {
        end();
        terminal.say(text);
    }

    @Override
    public void close() {
        end();
    }

    /// Removes the line that is being rewritten.
    void end() {
        display.end();
    }
}
