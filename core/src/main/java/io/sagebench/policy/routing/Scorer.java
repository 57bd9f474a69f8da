package io.sagebench.policy.routing;

/// Says how good each engine is for a request.
public interface Scorer {

    /// Sets the score of each candidate, from 0 (worst) to 1 (best).
    ///
    /// @param scores one place for each candidate of `route`
    void score(Route route, double[] scores);

    /// The request of `route` goes to candidate `chosen`.
    default void chosen(Route route, int chosen) {}
}
