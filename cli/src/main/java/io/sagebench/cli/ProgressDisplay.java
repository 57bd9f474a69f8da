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
    private final long begunAtNanos;
    /// Which of several benchmarks goes on; empty when there is one only.
    private String where = "";
    /// The same in a few columns.
    private String whereShort = "";

    /// @param clock a clock of nanoseconds that never runs backwards
    ProgressDisplay(Terminal terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.begunAtNanos = clock.getAsLong();
    }

    @Override
    public synchronized void targetReady(TargetReport target) {
        line(target.line());
    }

    @Override
    public synchronized void position(String what, int ended, int all) {
        where = what + " (" + ended + (all > 0 ? "/" + all : "") + " done)";
        whereShort = ended + (all > 0 ? "/" + all : "") + " done";
        long now = clock.getAsLong();
        String left = ended > 0 && ended < all
                ? " | about " + ProgressLine.clock((double) (now - begunAtNanos) / ended * (all - ended)) + " left in all"
                : "";
        if (terminal.rewritesProgress()) {
            rewrite((all > 0 ? ProgressLine.bar(ended, all, width()) : "") + where + left);
        } else if (!anyPosition || now - shownAtNanos >= LINE_NANOS) {
            line(where + left);
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
            rewrite(before() + text.withBar(width() - before().length()));
        } else {
            line((where.isEmpty() ? "" : where + " ") + text.plain());
        }
    }

    @Override
    public synchronized void note(String message) {
        line(message);
    }

    /// On a narrow terminal the figures come first.
    private String before() {
        if (where.isEmpty()) {
            return "";
        }
        return where.length() > width() / 3 ? whereShort + " " : where + " ";
    }

    /// A line that reaches the last column would wrap.
    private int width() {
        return terminal.messageWidth() - 1;
    }

    private void rewrite(String text) {
        terminal.err().print(CLEAR_LINE + ProgressLine.cut(text, width()));
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
