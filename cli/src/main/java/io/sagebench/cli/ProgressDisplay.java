package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.Progress;
import io.sagebench.benchmark.Turn;
import io.sagebench.report.TargetReport;
import java.util.function.LongSupplier;

/// Shows how a benchmark goes: one line that is rewritten on a terminal, else a line every few seconds.
final class ProgressDisplay implements BenchmarkListener, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001B[K";
    private static final long REWRITE_NANOS = 200_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;

    private final Terminal terminal;
    private final LongSupplier clock;
    private boolean lineIsOpen;
    private long turnBeganAtNanos;
    private long shownAtNanos;
    private boolean anyPosition;
    /// Which of several benchmarks goes on; empty when there is one only.
    private String where = "";

    /// @param clock a clock of nanoseconds that never runs backwards
    ProgressDisplay(Terminal terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public synchronized void targetReady(TargetReport target) {
        line(target.line());
    }

    @Override
    public synchronized void position(String what, int ended, int all) {
        where = what + " (" + ended + (all > 0 ? "/" + all : "") + " done)";
        long now = clock.getAsLong();
        if (terminal.rewritesProgress()) {
            rewrite(where);
        } else if (!anyPosition || now - shownAtNanos >= LINE_NANOS) {
            line(where);
            shownAtNanos = now;
        }
        anyPosition = true;
    }

    @Override
    public synchronized void warmingUp(Turn turn, int requests) {
        if (terminal.rewritesProgress()) {
            rewrite(before() + ProgressLine.turn(turn) + ": warming up with " + requests + " requests");
        }
    }

    @Override
    public synchronized void measuring(Turn turn) {
        turnBeganAtNanos = clock.getAsLong();
        shownAtNanos = turnBeganAtNanos;
    }

    @Override
    public synchronized void progress(Progress progress) {
        long now = clock.getAsLong();
        boolean isLast = progress.turn().requests().orElse(-1) == progress.ended();
        long pause = terminal.rewritesProgress() ? REWRITE_NANOS : LINE_NANOS;
        if (!isLast && now - shownAtNanos < pause) {
            return;
        }
        shownAtNanos = now;
        var text = new ProgressLine(progress, now - turnBeganAtNanos);
        if (terminal.rewritesProgress()) {
            String bar = text.withBar(terminal.messageWidth() - 1 - before().length());
            rewrite(before() + bar);
        } else {
            line(before() + text.plain());
        }
    }

    @Override
    public synchronized void note(String message) {
        line(message);
    }

    private String before() {
        return where.isEmpty() ? "" : where + " ";
    }

    private void rewrite(String text) {
        terminal.err().print(CLEAR_LINE + text);
        terminal.err().flush();
        lineIsOpen = true;
    }

    private void line(String text) {
        end();
        terminal.say(text);
    }

    /// Removes the line that is being rewritten.
    synchronized void end() {
        if (lineIsOpen) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
            lineIsOpen = false;
        }
    }

    @Override
    public void close() {
        end();
    }
}
