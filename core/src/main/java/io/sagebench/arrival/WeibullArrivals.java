package io.sagebench.arrival;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;

/// Independent, Weibull-distributed gaps: `scale (-ln u)^(1/shape)` with `scale = 1 / (rate Gamma(1 + 1/shape))`. A shape of 1 is a Poisson
/// process, lower is burstier; the long gaps are longer than those of [GammaArrivals] with the same variation.
///
/// @param ratePerSecond mean requests per second, above 0
/// @param shape         at least [#LEAST_SHAPE]
public record WeibullArrivals(double ratePerSecond, double shape) implements ArrivalProcess {
    /// Below it, no run would be long enough to come near its mean rate.
    public static final double LEAST_SHAPE = 0.2;

    public WeibullArrivals {
        Check.positive(ratePerSecond, "ratePerSecond");
        Check.positive(shape, "shape");
        if (shape < LEAST_SHAPE) {
            throw new IllegalArgumentException("shape must be at least " + LEAST_SHAPE + ", but was " + shape);
        }
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        double scaleSeconds = 1 / (ratePerSecond * gammaFunction(1 + 1 / shape));
        return new Gaps(
                seed.generator(), chance -> scaleSeconds * StrictMath.pow(Gaps.exponential(chance), 1 / shape));
    }

    @Override
    public double meanPerSecond() {
        return ratePerSecond;
    }

    @Override
    public ArrivalProcess at(double perSecond) {
        return new WeibullArrivals(perSecond, shape);
    }

    /// The gamma function of `x`, at least 1, by Lanczos' approximation (SIAM J. Numer. Anal. B 1, 1964; g = 7, nine terms): 15 digits.
    static double gammaFunction(double x) {
        double[] terms = {
            676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
            -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7
        };
        double z = x - 1;
        double sum = 0.9999999999998099;
        for (int i = 0; i < terms.length; i++) {
            sum += terms[i] / (z + i + 1);
        }
        double t = z + terms.length - 0.5;
        return StrictMath.sqrt(2 * Math.PI) * StrictMath.pow(t, z + 0.5) * StrictMath.exp(-t) * sum;
    }
}
