package io.sagebench.cli;

import io.sagebench.benchmark.Progress;
import io.sagebench.benchmark.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// The words of a progress line.
///
/// @param progress     where the window is
/// @param elapsedNanos how long it has taken, by the person's clock; in virtual time that is not the run's
record ProgressLine(Progress progress, long elapsedNanos) {
    private static final int WIDE = 90;
    private static final int NARROW = 50;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// A figure of the line.
    ///
    /// @param rank the least is the last to be left out
    private record Part(int rank, String text) {}

    static String turn(Turn turn) {
        String repeat = turn.repeats() == 1 ? "" : " repeat " + turn.repeat() + "/" + turn.repeats();
        return turn.policy() + " " + turn.number() + "/" + turn.turns() + repeat;
    }

    String plain() {
        return turn(progress.turn()) + ": " + parts().stream().map(Part::text).collect(Collectors.joining(" | "));
    }

    /// With a bar before it, and of the figures those that matter most and fit.
    String withBar(int width) {
        List<Part> parts = parts();
        var line = new StringBuilder(bar(width) + turn(progress.turn()));
        int room = width - line.length();
        Set<Part> fitting = new HashSet<>();
        for (Part part : parts.stream().sorted(Comparator.comparingInt(Part::rank)).toList()) {
            if (part.text().length() + 3 <= room) {
                room -= part.text().length() + 3;
                fitting.add(part);
            }
        }
        parts.stream().filter(fitting::contains).forEach(part -> line.append(" | ").append(part.text()));
        return cut(line.toString(), width);
    }

    /// As much of a text as fits.
    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width));
    }

    /// A bar for a terminal of that width, with the blank after it; empty on a narrow one.
    static String bar(long done, long all, int width) {
        int length = width >= WIDE ? 20 : width >= NARROW ? 10 : 0;
        if (length == 0) {
            return "";
        }
        int filled = (int) (all == 0 ? length : length * Math.min(done, all) / all);
        return "[" + "#".repeat(filled) + "-".repeat(length - filled) + "] ";
    }

    private String bar(int width) {
        OptionalLong all = progress.turn().requests();
        return all.isEmpty() ? "" : bar(progress.ended(), all.getAsLong(), width);
    }

    /// In the order in which they are shown.
    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        OptionalLong all = progress.turn().requests();
        parts.add(new Part(0, progress.ended() + (all.isPresent() ? "/" + all.getAsLong() : " requests")));
        if (progress.elapsedNanos() > 0) {
            parts.add(new Part(
                    3, String.format(Locale.ROOT, "%.1f req/s", progress.ended() / (progress.elapsedNanos() / NANOS_PER_SECOND))));
        }
        parts.add(new Part(5, progress.inFlight() + " in flight"));
        parts.add(new Part(progress.errors() > 0 ? 2 : 8, progress.errors() + (progress.errors() == 1 ? " error" : " errors")));
        progress.p50Nanos().ifPresent(p50 -> parts.add(new Part(6, "p50 " + p50 / NANOS_PER_MILLI + " ms")));
        progress.p99Nanos().ifPresent(p99 -> parts.add(new Part(4, "p99 " + p99 / NANOS_PER_MILLI + " ms")));
        long left = all.orElse(progress.ended()) - progress.ended();
        if (progress.ended() > 0 && left > 0) {
            double leftNanos = (double) left * elapsedNanos / progress.ended();
            parts.add(new Part(1, clock(leftNanos) + " left"));
            int turnsLeft = progress.turn().turns() - progress.turn().number();
            if (turnsLeft > 0) { // as if they all took as long as this one
                parts.add(new Part(7, "about " + clock(leftNanos + turnsLeft * (elapsedNanos + leftNanos)) + " in all"));
            }
        }
        return parts;
    }

    /// A span as minutes and seconds.
    static String clock(double nanos) {
        long seconds = (long) (nanos / NANOS_PER_SECOND);
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
