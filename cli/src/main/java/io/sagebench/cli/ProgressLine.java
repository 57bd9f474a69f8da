package io.sagebench.cli;

import io.sagebench.benchmark.Progress;
import io.sagebench.benchmark.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// The words of a progress line.
///
/// @param progress     where the window is
/// @param elapsedNanos how long it has taken, by the person's clock; in virtual time that is not the run's
record ProgressLine(Progress progress, long elapsedNanos) {
    private static final int BAR = 20;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    static String turn(Turn turn) {
        String repeat = turn.repeats() == 1 ? "" : " repeat " + turn.repeat() + "/" + turn.repeats();
        return turn.policy() + " " + turn.number() + "/" + turn.turns() + repeat;
    }

    String plain() {
        return turn(progress.turn()) + ": " + String.join(" | ", parts());
    }

    /// With a bar before it, and as many of the figures as fit.
    String withBar(int width) {
        var line = new StringBuilder(bar() + turn(progress.turn()));
        for (String part : parts()) {
            if (line.length() + part.length() + 3 > width) {
                break;
            }
            line.append(" | ").append(part);
        }
        return line.length() <= width ? line.toString() : line.substring(0, Math.max(0, width));
    }

    private String bar() {
        if (progress.turn().requests().isEmpty()) {
            return "";
        }
        long all = progress.turn().requests().getAsLong();
        int filled = (int) (all == 0 ? BAR : BAR * progress.ended() / all);
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] ";
    }

    private List<String> parts() {
        var parts = new ArrayList<String>();
        OptionalLong all = progress.turn().requests();
        parts.add(progress.ended() + (all.isPresent() ? "/" + all.getAsLong() : " requests"));
        if (progress.elapsedNanos() > 0) {
            parts.add(String.format(
                    Locale.ROOT, "%.1f req/s", progress.ended() / (progress.elapsedNanos() / NANOS_PER_SECOND)));
        }
        parts.add(progress.inFlight() + " in flight");
        parts.add(progress.errors() + (progress.errors() == 1 ? " error" : " errors"));
        progress.p99Nanos().ifPresent(p99 -> parts.add("p99 " + p99 / NANOS_PER_MILLI + " ms"));
        long left = all.orElse(progress.ended()) - progress.ended();
        if (progress.ended() > 0 && left > 0) {
            parts.add(clock((long) (left * (elapsedNanos / NANOS_PER_SECOND) / progress.ended())) + " left");
        }
        return parts;
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
