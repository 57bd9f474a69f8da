package io.sagebench.report.view;

import io.sagebench.report.view.Verdict.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.OptionalDouble;

/// Up to which rate policies serve.
final class SweepVerdict {
    private SweepVerdict() {}

    static Said of(ResultsView view) {
        var why = new ArrayList<String>();
        view.rates().forEach((policy, points) -> points.stream()
                .filter(point -> point.throughput().isPresent())
                .max(Comparator.comparingDouble(point -> point.throughput().orElseThrow()))
                .ifPresent(most -> why.add(policy + " completed at most " + Say.number(most.throughput()) + " requests/s, at a rate of "
                        + Say.number(most.ratePerSecond()) + "; " + Say.percent(most.attainment()) + " of requests met their SLO there.")));
        Facts knees = view.root().at("knee");
        double highest = 0;
        var best = new ArrayList<String>();
        boolean isEnd = false;
        for (String policy : knees.names()) {
            OptionalDouble rate = knees.named(policy).number("rate");
            if (rate.orElse(0) > highest) {
                highest = rate.getAsDouble();
                best.clear();
                isEnd = false;
            }
            if (rate.isPresent() && rate.getAsDouble() == highest) {
                best.add(policy);
                isEnd |= knees.named(policy).isTrue("is_highest_rate");
            }
        }
        if (best.isEmpty()) {
            return new Said(knees.isPresent() ? "None of the rates is served." : "The file does not say up to which rate requests are served.", why);
        }
        String who = best.size() == knees.names().size() && best.size() > 1 ? "every policy" : Say.list(best);
        return new Said(
                isEnd
                        ? "The rates do not reach the limit: at " + Say.number(highest) + " requests/s, the highest tried, " + who
                                + (best.size() > 1 && !who.equals("every policy") ? " still serve." : " still serves.")
                        : capital(who) + (best.size() > 1 && !who.equals("every policy") ? " serve" : " serves") + " the highest rate: up to "
                                + Say.number(highest) + " requests/s.",
                why);
    }

    private static String capital(String text) {
        return text.equals("every policy") ? "Every policy" : text;
    }
}
