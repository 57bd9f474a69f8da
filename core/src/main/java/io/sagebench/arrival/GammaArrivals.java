package io.sagebench.arrival;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import java.util.SplittableRandom;

/// Independent, gamma-distributed gaps, as vLLM's benchmark draws them: shape `burstiness`, scale `1 / (rate burstiness)`. The coefficient of
/// variation of the gaps is `1 / sqrt(burstiness)`: 1 is a Poisson process, lower is burstier, higher more even.
///
/// @param ratePerSecond mean requests per second, above 0
/// @param burstiness    shape of the distribution, above 0
public record GammaArrivals(double ratePerSecond, double burstiness) implements ArrivalProcess {
    public GammaArrivals {
        Check.positive(ratePerSecond, "ratePerSecond");
        Check.positive(burstiness, "burstiness");
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        double scaleSeconds = 1 / (ratePerSecond * burstiness);
        return new Gaps(seed.generator(), chance -> scaleSeconds * gamma(chance));
    }

    @Override
    public double meanPerSecond() {
        return ratePerSecond;
    }

    @Override
    public ArrivalProcess at(double perSecond) {
        return new GammaArrivals(perSecond, burstiness);
    }

    /// A gamma-distributed number of scale 1 (Marsaglia, Tsang: A simple method for generating gamma variables, ACM TOMS 26, 2000). Below a
    /// shape of 1, a number of a shape one higher times `u^(1/shape)`.
    private double gamma(SplittableRandom chance) {
        double shape = burstiness < 1 ? burstiness + 1 : burstiness;
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        double drawn;
        do {
            drawn = d * attempt(chance, d, c);
        } while (drawn < 0);
        return burstiness < 1 ? drawn * StrictMath.pow(1 - chance.nextDouble(), 1 / burstiness) : drawn;
    }

    /// A number that is accepted, or -1.
    private static double attempt(SplittableRandom chance, double d, double c) {
        double x = normal(chance);
        double root = 1 + c * x;
        double v = root * root * root;
        double u = 1 - chance.nextDouble();
        return v > 0 && StrictMath.log(u) < 0.5 * x * x + d * (1 - v + StrictMath.log(v)) ? v : -1;
    }

    /// A normally distributed number by Box and Muller. The JDK's own does not promise the same bits on every machine.
    private static double normal(SplittableRandom chance) {
        double radius = StrictMath.sqrt(2 * Gaps.exponential(chance));
        return radius * StrictMath.cos(2 * Math.PI * chance.nextDouble());
    }
}
