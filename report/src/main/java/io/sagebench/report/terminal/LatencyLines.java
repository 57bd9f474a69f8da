package io.sagebench.report.terminal;

import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests.Field;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Say;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How latencies are spread, a line for each policy: bars over one scale, so that policies can be compared by eye.
///
/// ```text
/// End-to-end latency, 0 ms to 1.4 s, a bar for every 29 ms:
/// fifo       ▁▂▃▅▇█▆▃▂▁
/// ```
public final class LatencyLines {
    private static final String BARS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final int MOST_BARS = 60;
    private static final int LEAST_BARS = 10;

    private LatencyLines() {}

    /// The lines; none when no request of the file completed, or the terminal is too narrow.
    public static List<String> of(ResultsView view, TerminalStyle style) {
        var policies = view.policies().stream().filter(policy -> policy.requests().says(Field.E2E_MS)).toList();
        int names = policies.stream().mapToInt(policy -> policy.name().length()).max().orElse(0);
        int bars = Math.min(MOST_BARS, style.width() - names - 2);
        double longest = policies.stream().mapToDouble(LatencyLines::longest).max().orElse(0);
        if (bars < LEAST_BARS || longest <= 0) {
            return List.of();
        }
        var lines = new ArrayList<>(Wrapped.lines(
                "",
                List.of(("End-to-end latency, from 0 to " + Say.millis(longest) + ", a bar for every " + Say.millis(longest / bars) + ":").split(" ", -1)),
                " ",
                style.width()));
        for (PolicyView policy : policies) {
            String name = TerminalText.plain(policy.name());
            lines.add(name + " ".repeat(names - name.length() + 2) + bars(policy.requests().sorted(Field.E2E_MS), longest, bars));
        }
        return lines;
    }

    private static double longest(PolicyView policy) {
        double[] sorted = policy.requests().sorted(Field.E2E_MS);
        return sorted[sorted.length - 1];
    }

    /// The fullest bar is as high as the line; a bar with any request is never empty.
    private static String bars(double[] sorted, double longest, int bars) {
        int[] counts = new int[bars];
        for (double value : sorted) {
            counts[Math.min(bars - 1, (int) (value / longest * bars))]++;
        }
        int most = Arrays.stream(counts).max().orElse(1);
        var line = new StringBuilder();
        for (int count : counts) {
            int height = count == 0 ? 0 : Math.max(1, (int) Math.round((double) count / most * (BARS.length() - 1)));
            line.append(BARS.charAt(height));
        }
        return line.toString().stripTrailing();
    }
}
