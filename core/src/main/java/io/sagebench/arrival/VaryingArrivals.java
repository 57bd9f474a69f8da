package io.sagebench.arrival;

import io.sagebench.random.Seed;

/// Arrivals whose rate follows a curve: those of an even process of one request per second, with time bent by the inverse of the curve's
/// integral. From a Poisson process this makes the inhomogeneous one exactly (Çinlar's inversion, Introduction to Stochastic Processes, 1975);
/// from equal gaps, arrivals as even as the curve allows.
///
/// @param curve  the rate
/// @param evenly how requests are spaced at one request per second
public record VaryingArrivals(RateCurve curve, ArrivalProcess evenly) implements ArrivalProcess {
    public VaryingArrivals {
        if (evenly.meanPerSecond() != 1) {
            throw new IllegalArgumentException("the process that is bent must have 1 request/s, but has " + evenly.meanPerSecond());
        }
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        return new ArrivalTimes() {
            private final ArrivalTimes even = evenly.start(seed);
            private long lastNanos;

            @Override
            public long nextAtNanos() {
                double seconds = curve.secondsUntil(even.nextAtNanos() / 1e9);
                lastNanos = Math.max(lastNanos, Math.round(seconds * 1e9)); // an infinite time becomes NEVER_NANOS
                return lastNanos;
            }
        };
    }

    @Override
    public double meanPerSecond() {
        return curve.meanPerSecond();
    }

    @Override
    public ArrivalProcess at(double perSecond) {
        return new VaryingArrivals(curve.at(perSecond), evenly);
    }

    @Override
    public boolean ends() {
        return curve.ends();
    }

    @Override
    public ArrivalProcess steady() {
        return new PoissonArrivals(meanPerSecond());
    }
}
