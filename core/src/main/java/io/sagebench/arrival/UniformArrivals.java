package io.sagebench.arrival;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;

/// Equal gaps: request i is sent at i / rate, the first at 0. Each time is computed on its own, so that rounding does not add up.
///
/// @param ratePerSecond requests per second, above 0
public record UniformArrivals(double ratePerSecond) implements ArrivalProcess {
    public UniformArrivals {
        Check.positive(ratePerSecond, "ratePerSecond");
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        return new ArrivalTimes() {
            private long index;

            @Override
            public long nextAtNanos() {
                return Math.round(index++ * 1e9 / ratePerSecond);
            }
        };
    }

    @Override
    public double meanPerSecond() {
        return ratePerSecond;
    }

    @Override
    public ArrivalProcess at(double perSecond) {
        return new UniformArrivals(perSecond);
    }
}
