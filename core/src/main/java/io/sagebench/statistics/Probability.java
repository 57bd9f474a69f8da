package io.sagebench.statistics;

/// The distributions that tests and intervals need, to about ten digits.
public final class Probability {
    private static final int STEPS = 500;
    private static final double EPSILON = 1e-15;
    private static final double TINY = 1e-300;
    /// Lanczos coefficients for g = 7 (Press et al., Numerical Recipes, 6.1, in the form of Godfrey 2001).
    private static final double[] LANCZOS = {
        0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
        12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
    };

    private Probability() {}

    /// The probability that a standard normal variable is at most `z`.
    public static double normalCdf(double z) {
        double half = regularizedGammaHalf(z * z / 2) / 2;
        return z >= 0 ? 0.5 + half : 0.5 - half;
    }

    /// The value below which a standard normal variable lies with probability `p`, which is above 0 and below 1.
    public static double normalQuantile(double p) {
        return inverse(p, Probability::normalCdf);
    }

    /// The probability that a variable of Student's distribution is at most `t`.
    ///
    /// @param freedom degrees of freedom, above 0; need not be whole
    public static double studentCdf(double t, double freedom) {
        double tail = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
        return t >= 0 ? 1 - tail : tail;
    }

    /// The value below which a variable of Student's distribution lies with probability `p`, which is above 0 and below 1.
    ///
    /// @param freedom degrees of freedom, above 0; need not be whole
    public static double studentQuantile(double p, double freedom) {
        return inverse(p, t -> studentCdf(t, freedom));
    }

    /// The probability of at most `successes` in `trials` that each succeed with probability `p`.
    public static double binomialCdf(long successes, long trials, double p) {
        if (successes < 0) {
            return 0;
        }
        if (successes >= trials) {
            return 1;
        }
        return incompleteBeta(1 - p, (double) (trials - successes), successes + 1.0);
    }

    /// The regularised incomplete beta function, by its continued fraction (Press et al., Numerical Recipes, 6.4).
    static double incompleteBeta(double x, double a, double b) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? front * betaFraction(x, a, b) / a
                : 1 - front * betaFraction(1 - x, b, a) / b;
    }

    private static double betaFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double h = d;
        int most = STEPS + (int) Math.min(100_000, 10 * Math.sqrt(Math.max(a, b)));
        for (int m = 1; m <= most; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            double step = d * c;
            h *= step;
            if (Math.abs(step - 1) < EPSILON) {
                break;
            }
        }
        return h;
    }

    /// The regularised lower incomplete gamma function of 1/2: the probability that a squared standard normal variable, halved, is at most `x`.
    private static double regularizedGammaHalf(double x) {
        if (x <= 0) {
            return 0;
        }
        double front = Math.exp(-x + 0.5 * Math.log(x) - logGamma(0.5));
        if (x < 1.5) { // the series
            double term = 2;
            double sum = term;
            for (int n = 1; n < STEPS && Math.abs(term) > Math.abs(sum) * EPSILON; n++) {
                term *= x / (0.5 + n);
                sum += term;
            }
            return sum * front;
        }
        double b = x + 0.5; // Lentz's continued fraction
        double c = 1 / TINY;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i <= STEPS; i++) {
            double an = -i * (i - 0.5);
            b += 2;
            d = 1 / nonZero(an * d + b);
            c = nonZero(b + an / c);
            double step = d * c;
            h *= step;
            if (Math.abs(step - 1) < EPSILON) {
                break;
            }
        }
        return 1 - front * h;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logGamma(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double t = x + 6.5;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }

    @FunctionalInterface
    private interface Cdf {
        double at(double x);
    }

    /// By halving an interval that holds the answer: slow, and right wherever the function rises.
    private static double inverse(double p, Cdf cdf) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("p must be above 0 and below 1, but is " + p);
        }
        double low = -1;
        double high = 1;
        while (cdf.at(low) > p) {
            low *= 2;
        }
        while (cdf.at(high) < p) {
            high *= 2;
        }
        for (int i = 0; i < 200 && high - low > Math.ulp(high) + Math.ulp(low); i++) {
            double middle = low + (high - low) / 2;
            if (cdf.at(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }
}
