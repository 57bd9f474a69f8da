package io.sagebench.statistics;

/// How far the values of a series depend on their neighbours: requests that meet the same queue wait alike.
///
/// The variance of the mean of n values is `longRunVariance / n`, where the long-run variance sums all autocovariances, weighted by the flat-top
/// window of Politis and Romano (1995). How far they reach, and with it the length of blocks, follows Politis and White (Automatic block-length
/// selection for the dependent bootstrap, 2004) with the correction of Patton, Politis and White (2009), for circular blocks:
/// `(2 G^2 / D)^(1/3) n^(1/3)` with `D = 4/3 g(0)^2`.
///
/// @param values          how many values
/// @param variance        of a single value
/// @param longRunVariance never below 0
/// @param blockLength     how many neighbours make a block, at least 1
public record Dependence(int values, double variance, double longRunVariance, int blockLength) {

    /// Of a series.
    ///
    /// @param series in the order of time, at least one value
    public static Dependence of(double[] series) {
        int n = series.length;
        double mean = 0;
        for (double value : series) {
            mean += value / n;
        }
        double variance = autocovariance(series, mean, 0);
        if (variance <= 0 || n < 4) {
            return new Dependence(n, Math.max(0, variance), Math.max(0, variance), 1);
        }
        int lookAhead = Math.max(5, (int) Math.ceil(Math.sqrt(Math.log10(n))));
        int most = Math.min(n - 1, (int) Math.ceil(Math.sqrt(n)) + lookAhead);
        double[] covariances = new double[Math.min(n - 1, 2 * most) + 1];
        for (int lag = 0; lag < covariances.length; lag++) {
            covariances[lag] = autocovariance(series, mean, lag);
        }
        int last = lastThatMatters(covariances, n, lookAhead, most);
        int reach = Math.min(covariances.length - 1, Math.max(1, 2 * last));
        double longRun = variance;
        double slope = 0;
        for (int lag = 1; lag <= reach; lag++) {
            double weight = flatTop((double) lag / reach);
            longRun += 2 * weight * covariances[lag];
            slope += 2 * weight * lag * covariances[lag];
        }
        if (longRun <= 0) { // values that undo each other; taken as if they did not
            longRun = variance;
            slope = 0;
        }
        double length = Math.cbrt(2 * slope * slope / (4.0 / 3 * longRun * longRun)) * Math.cbrt(n);
        int longest = (int) Math.ceil(Math.min(3 * Math.sqrt(n), n / 3.0));
        return new Dependence(n, variance, longRun, Math.clamp(Math.round(length), 1, longest));
    }

    /// How many independent values would tell as much of the mean: at most as many as there are.
    public double effectiveSize() {
        return longRunVariance <= variance ? values : Math.max(1, values * variance / longRunVariance);
    }

    /// How many blocks the series has.
    public double blocks() {
        return (double) values / blockLength;
    }

    /// The smallest lag after which `lookAhead` correlations in a row are as small as chance makes them.
    private static int lastThatMatters(double[] covariances, int n, int lookAhead, int most) {
        double bound = 2 * Math.sqrt(Math.log10(n) / n) * covariances[0];
        int quiet = 0;
        for (int lag = 1; lag < covariances.length && lag <= most + lookAhead; lag++) {
            quiet = Math.abs(covariances[lag]) < bound ? quiet + 1 : 0;
            if (quiet == lookAhead) {
                return lag - lookAhead;
            }
        }
        return most;
    }

    private static double flatTop(double share) {
        return share <= 0.5 ? 1 : Math.max(0, 2 * (1 - share));
    }

    private static double autocovariance(double[] series, double mean, int lag) {
        double sum = 0;
        for (int i = 0; i + lag < series.length; i++) {
            sum += (series[i] - mean) * (series[i + lag] - mean);
        }
        return sum / series.length;
    }
}
