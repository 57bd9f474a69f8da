package io.sagebench.cli;

import io.sagebench.arrival.ArrivalStatistics;
import io.sagebench.benchmark.LoadLine;
import io.sagebench.report.terminal.Columns;
import io.sagebench.workload.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;

/// When the requests of a plan come, in words, numbers and a plot. The plan must have times that stand beforehand; it is read as often as needed,
/// and never held.
final class ArrivalsText {
    private static final int FIRST = 10;
    private static final int FEWEST_WINDOWS = 10;
    private static final int MOST_SLICES = 24;
    private static final int WIDEST_BAR = 60;
    private static final int BESIDE_A_BAR = 24;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Plan plan;
    private final int width;
    private long lastNanos;

    /// @param width columns there are
    ArrivalsText(Plan plan, int width) {
        this.plan = plan;
        this.width = width;
        forEach(at -> lastNanos = at);
    }

    private void forEach(LongConsumer take) {
        plan.open(0).forEachRemaining(request -> take.accept(request.intendedAtNanos()));
    }

    List<String> lines() {
        long windowNanos = lastNanos / SECOND_NANOS >= FEWEST_WINDOWS ? SECOND_NANOS : sliceNanos();
        var statistics = new ArrivalStatistics(windowNanos);
        forEach(statistics::add);
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(statistics.count() + " requests within " + seconds(lastNanos) + " s"
                + ", mean rate " + figure(statistics.ratePerSecond()) + " requests/s");
        lines.add("Gaps: coefficient of variation " + figure(statistics.gapVariation()) + " (0 is equal gaps, 1 is poisson)");
        lines.add("Counts in windows of " + seconds(windowNanos) + " s: index of dispersion " + figure(statistics.dispersion())
                + " (1 is poisson)");
        lines.add("");
        lines.addAll(first());
        lines.add("");
        lines.addAll(plot());
        return lines;
    }

    private List<String> first() {
        var rows = new ArrayList<List<String>>();
        var requests = plan.open(0);
        long beforeNanos = 0;
        while (requests.hasNext() && rows.size() < FIRST) {
            long atNanos = requests.next().intendedAtNanos();
            rows.add(List.of(
                    Integer.toString(rows.size()),
                    String.format(Locale.ROOT, "%.6f", atNanos / 1e9),
                    String.format(Locale.ROOT, "%.3f", (atNanos - beforeNanos) / 1e6)));
            beforeNanos = atNanos;
        }
        return new Columns(List.of("Request", "At (s)", "Gap (ms)"), rows).lines(width);
    }

    private List<String> plot() {
        long sliceNanos = sliceNanos();
        long[] counts = new long[(int) (lastNanos / sliceNanos) + 1];
        forEach(at -> counts[(int) (at / sliceNanos)]++);
        long most = Arrays.stream(counts).max().orElse(1);
        int widest = Math.clamp(width - BESIDE_A_BAR, 1, WIDEST_BAR);
        var lines = new ArrayList<String>();
        lines.add("Requests in each " + seconds(sliceNanos) + " s:");
        for (int i = 0; i < counts.length; i++) {
            String bar = "#".repeat((int) Math.ceilDiv(counts[i] * widest, most));
            lines.add(String.format(Locale.ROOT, "%10s s |%s %d", seconds(i * sliceNanos), bar, counts[i]));
        }
        return lines;
    }

    /// The shortest of 1, 2 or 5 times a power of ten that makes no more slices than there is room for.
    private long sliceNanos() {
        long slice = 1;
        while (true) {
            for (long times : new long[] {1, 2, 5}) {
                if (lastNanos / (times * slice) < MOST_SLICES) {
                    return times * slice;
                }
            }
            slice *= 10;
        }
    }

    private static String figure(OptionalDouble number) {
        return number.isPresent() ? LoadLine.plain(number.getAsDouble(), 4) : "unknown";
    }

    /// Without trailing zeros, to the microsecond.
    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f", nanos / 1e9).replaceFirst("\\.?0+$", "");
    }
}
