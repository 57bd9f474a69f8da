package io.sagebench.arrival;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;

/// A Poisson process: independent, exponentially distributed gaps, the first one before the first request.
///
/// @param ratePerSecond mean requests per second, above 0
public record PoissonArrivals(double ratePerSecond) implements ArrivalProcess {
    public PoissonArrivals {
        Check.positive(ratePerSecond, "ratePerSecond");
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        return new Gaps(seed.generator(), chance -> Gaps.exponential(chance) / ratePerSecond);
    }

    @Override
    public double meanPerSecond() {
        return ratePerSecond;
    }

    @Override
    public ArrivalProcess at(double perSecond) {
        return new PoissonArrivals(perSecond);
    }
}
