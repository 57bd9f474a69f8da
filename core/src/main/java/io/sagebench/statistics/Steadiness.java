package io.sagebench.statistics;

/// Where a series has settled, by MSER-5 (White, An effective truncation heuristic for bias reduction in simulation output, 1997; with batches of 5:
/// White, Cobb and Spratt, 2000): the beginning is cut where the standard error of the mean of what is left is smallest. A cut in the second half
/// means that the series has not settled.
///
/// @param from   the first batch that counts, from 0
/// @param steady whether the series has settled
public record Steadiness(int from, boolean steady) {
    /// How many values make a batch.
    public static final int BATCH = 5;
    /// With fewer batches nothing can be said.
    public static final int LEAST_BATCHES = 20;

    private static final int LEFT_OUT_AT_THE_END = 5;

    /// Of batch means in the order of time.
    public static Steadiness of(double[] batches) {
        int n = batches.length;
        if (n < LEAST_BATCHES) {
            return new Steadiness(0, false);
        }
        double sum = 0;
        double squares = 0;
        double offset = batches[n - 1]; // near the values, so that squares lose no digits
        double best = Double.POSITIVE_INFINITY;
        int from = 0;
        for (int i = n - 1; i >= 0; i--) {
            double value = batches[i] - offset;
            sum += value;
            squares += value * value;
            int left = n - i;
            double criterion = Math.max(0, squares - sum * sum / left) / ((double) left * left);
            if (left > LEFT_OUT_AT_THE_END && criterion <= best) {
                best = criterion;
                from = i;
            }
        }
        return new Steadiness(from, from <= n / 2);
    }
}
