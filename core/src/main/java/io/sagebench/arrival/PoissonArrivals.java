package io.sagebench.arrival;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import java.util.SplittableRandom;

/// A Poisson process: independent, exponentially distributed gaps, the first one before the first request.
///
/// @param ratePerSecond mean requests per second, above 0
public record PoissonArrivals(double ratePerSecond) implements ArrivalProcess {
    public PoissonArrivals {
        Check.positive(ratePerSecond, "ratePerSecond");
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        return new ArrivalTimes() {
            private final SplittableRandom chance = seed.generator();
            private double atSeconds;

            @Override
            public long nextAtNanos() {
                // The inverse of the exponential distribution function; 1 - u is never 0. StrictMath: the same on every machine.
                atSeconds -= StrictMath.log(1 - chance.nextDouble()) / ratePerSecond;
                return Math.round(atSeconds * 1e9);
            }
        };
    }
}
