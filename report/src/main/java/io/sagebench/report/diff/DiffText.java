package io.sagebench.report.diff;

import io.sagebench.metrics.Finding;
import io.sagebench.metrics.Finding.Judgement;
import io.sagebench.metrics.Finding.Verdict;
import io.sagebench.metrics.Headline;
import io.sagebench.report.terminal.Columns;
import io.sagebench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A comparison of two files for a terminal.
public final class DiffText {
    private static final double NANOS_PER_MILLI = 1e6;

    private final ResultsDiff diff;
    private final int width;

    /// @param width columns there are
    public DiffText(ResultsDiff diff, int width) {
        this.diff = diff;
        this.width = width;
    }

    /// All of it, line by line.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (PolicyDiff policy : diff.policies()) {
            lines.add(policy.title() + ": "
                    + (policy.paired() ? "the same requests, compared pair by pair" : "different requests, compared as two samples"));
            var rows = policy.findings().stream().map(this::row).toList();
            lines.addAll(new Columns(
                            List.of("Figure", "A", "B", "Change", "95 % interval", "Verdict", "p", "Finds from"), rows)
                    .lines(width));
            policy.findings().forEach(finding -> {
                if (finding.judgement() instanceof Judgement.NotTested(String why) && finding.before().isPresent()) {
                    lines.add("Not tested: " + finding.figure().wireName() + ", because " + why);
                }
            });
            lines.add("");
        }
        if (diff.policies().stream().anyMatch(policy -> !policy.paired())) {
            lines.add("Different requests: what the two loads differ in shows as a change of the system, too, the more so near overload. Runs of the");
            lines.add("same --seed and load are compared pair by pair.");
        }
        lines.add("Change: B against A; of an attainment, in percentage points. p: probability of such a change by chance, corrected for the");
        lines.add("number of figures (Holm). Finds from: the smallest change that these runs would find in 4 of 5 cases.");
        return lines;
    }

    private List<String> row(Finding finding) {
        Headline figure = finding.figure();
        boolean tested = finding.judgement() instanceof Judgement.Tested;
        return List.of(
                figure.wireName() + (diff.gates().isMissedBy(finding) ? " !" : ""),
                value(figure, finding.before()),
                value(figure, finding.after()),
                change(figure, finding.change()),
                finding.interval().map(interval -> interval(figure, interval)).orElse("-"),
                verdict(finding.verdict()),
                tested ? p(((Judgement.Tested) finding.judgement()).pValue()) : "-",
                tested ? detectable(figure, ((Judgement.Tested) finding.judgement()).detectable()) : "-");
    }

    /// Nothing when the runs had no spread, so that they do not tell what they would have found.
    private static String detectable(Headline figure, double change) {
        return change == 0 ? "-" : change(figure, OptionalDouble.of(change));
    }

    private static String verdict(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case NO_DIFFERENCE -> "none found";
            case UNKNOWN -> "not tested";
        };
    }

    static String value(Headline figure, OptionalDouble value) {
        if (value.isEmpty()) {
            return "-";
        }
        return switch (figure.kind()) {
            case RATE -> String.format(Locale.ROOT, "%.2f/s", value.getAsDouble());
            case SHARE -> String.format(Locale.ROOT, "%.2f %%", value.getAsDouble() * 100);
            case MEAN, PERCENTILE -> String.format(Locale.ROOT, "%.2f ms", value.getAsDouble() / NANOS_PER_MILLI);
        };
    }

    /// A change with its sign: in percent, or in percentage points of a share.
    public static String change(Headline figure, OptionalDouble change) {
        return change.isEmpty() ? "-" : String.format(Locale.ROOT, "%+.2f %s", change.getAsDouble() * 100, unit(figure));
    }

    private static String interval(Headline figure, Interval interval) {
        return String.format(Locale.ROOT, "%+.2f to %+.2f %s", interval.low() * 100, interval.high() * 100, unit(figure));
    }

    private static String unit(Headline figure) {
        return figure.kind() == Headline.Kind.SHARE ? "pp" : "%";
    }

    private static String p(double pValue) {
        return pValue < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", pValue);
    }
}
