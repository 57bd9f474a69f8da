package io.sagebench.arrival;

import io.sagebench.random.Seed;

/// Everything at once, at the first moment.
public record BatchArrivals() implements ArrivalProcess {
    @Override
    public ArrivalTimes start(Seed seed) {
        return () -> 0;
    }

    @Override
    public double meanPerSecond() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public ArrivalProcess at(double perSecond) {
        return this; // it has no rate
    }
}
