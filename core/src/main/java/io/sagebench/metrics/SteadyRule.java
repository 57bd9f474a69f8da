package io.sagebench.metrics;

import io.sagebench.metrics.Evidence.Steady;
import io.sagebench.metrics.Evidence.SteadyWindow;
import io.sagebench.metrics.Observations.Value;
import io.sagebench.statistics.Steadiness;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalDouble;

/// Finds the part of one window after which E2E no longer changed but by chance, see [Steadiness], and its figures.
final class SteadyRule {
    private static final double NANOS_PER_SECOND = 1e9;

    private SteadyRule() {}

    /// @param rates of the same window alone
    static Steady of(Observations requests, CompletionTimes.Rates rates) {
        var means = new ArrayList<Double>();
        var begins = new ArrayList<Integer>();
        for (int begin = 0; begin + Steadiness.BATCH <= requests.size(); begin += Steadiness.BATCH) {
            double sum = 0;
            double count = 0;
            for (int i = begin; i < begin + Steadiness.BATCH; i++) {
                if (requests.count(Value.END_TO_END, i) > 0) {
                    sum += requests.sum(Value.END_TO_END, i);
                    count++;
                }
            }
            if (count > 0) {
                means.add(sum / count);
                begins.add(begin);
            }
        }
        if (means.size() < Steadiness.LEAST_BATCHES) {
            return Steady.without(Steady.Verdict.TOO_SHORT);
        }
        Steadiness settled = Steadiness.of(means.stream().mapToDouble(Double::doubleValue).toArray());
        if (!settled.steady()) {
            return Steady.without(Steady.Verdict.NEVER_STEADY);
        }
        int from = settled.from() == 0 ? 0 : begins.get(settled.from());
        return new Steady(Steady.Verdict.STEADY, Optional.of(window(requests, rates, from)));
    }

    private static SteadyWindow window(Observations requests, CompletionTimes.Rates rates, int from) {
        var endToEnd = new Samples();
        var ttft = new Samples();
        long met = 0;
        for (int i = from; i < requests.size(); i++) {
            if (requests.count(Value.END_TO_END, i) > 0) {
                endToEnd.add((long) requests.sum(Value.END_TO_END, i));
            }
            if (requests.count(Value.TTFT, i) > 0) {
                ttft.add((long) requests.sum(Value.TTFT, i));
            }
            met += requests.sum(Value.MET, i) > 0 ? 1 : 0;
        }
        long here = (long) requests.size() - from;
        long firstNanos = requests.intendedAtNanos(0);
        double begin = requests.intendedAtNanos(from) - firstNanos;
        double end = requests.intendedAtNanos(requests.size() - 1) - firstNanos;
        return new SteadyWindow(
                begin / NANOS_PER_SECOND,
                end / NANOS_PER_SECOND,
                from * requests.stride(),
                here * requests.stride(),
                OptionalDouble.of((double) met / here),
                perSecond(rates, rates.completed(), begin, end),
                perSecond(rates, rates.met(), begin, end),
                endToEnd.summary(),
                ttft.summary());
    }

    /// What was counted in the spans that begin and end within the window, over their time.
    private static OptionalDouble perSecond(CompletionTimes.Rates rates, long[] counts, double beginNanos, double endNanos) {
        long count = 0;
        double seconds = 0;
        for (int i = 0; i < counts.length; i++) {
            if ((double) i * rates.spanNanos() >= beginNanos && (i + 1.0) * rates.spanNanos() <= endNanos) {
                count += counts[i];
                seconds += rates.seconds(i);
            }
        }
        return seconds > 0 ? OptionalDouble.of(count / seconds) : OptionalDouble.empty();
    }
}
