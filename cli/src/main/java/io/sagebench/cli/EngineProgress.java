package io.sagebench.cli;

import io.sagebench.benchmark.engine.EngineListener;
import io.sagebench.benchmark.engine.EngineRun;
import io.sagebench.benchmark.engine.EngineTarget;
import io.sagebench.benchmark.engine.EngineWorkload;
import java.util.Locale;

/// Shows how an engine benchmark goes: a line for each workload, and on a terminal one that is rewritten meanwhile.
final class EngineProgress implements EngineListener, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final Terminal terminal;
    private final int repeats;
    private final boolean verbose;
    private boolean lineIsOpen;
    private String who = "";

    EngineProgress(Terminal terminal, int repeats, boolean verbose) {
        this.terminal = terminal;
        this.repeats = repeats;
        this.verbose = verbose;
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
    }

    @Override
    public void progress(EngineWorkload workload, int repeat, long sent, long ended) {
        if (terminal.rewritesProgress()) {
            terminal.err().print(CLEAR_LINE + which(workload, repeat) + ": " + ended + " done, " + (sent - ended) + " in flight");
            terminal.err().flush();
            lineIsOpen = true;
        }
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

    private String which(EngineWorkload workload, int repeat) {
        return who + workload.name() + (repeats > 1 ? " " + repeat + "/" + repeats : "");
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
        if (lineIsOpen) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
            lineIsOpen = false;
        }
    }
}
