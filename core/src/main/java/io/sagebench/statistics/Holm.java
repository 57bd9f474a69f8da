package io.sagebench.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Several tests at once: with enough of them one finds something by chance. Holm's procedure (1979) keeps the probability that any does at the
/// level of a single test, whatever the tests have to do with each other.
public final class Holm {
    private Holm() {}

    /// The p-values as if each test stood alone: the i-th smallest times the number of tests that are left, never below one before it, at most 1.
    public static double[] adjusted(double[] pValues) {
        int[] order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        double atLeast = 0;
        for (int i = 0; i < order.length; i++) {
            atLeast = Math.max(atLeast, Math.min(1, pValues[order[i]] * (order.length - i)));
            adjusted[order[i]] = atLeast;
        }
        return adjusted;
    }
}
