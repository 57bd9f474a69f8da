package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;

/// What a request adds to the bill on an engine: `price / 3600 * (prefill + output tokens * step / B)` in USD, times in seconds. A step is shared by
/// the B requests of the batch, this one included, so a fuller batch is cheaper.
///
/// The prefill is its share, by tokens, of the predicted time to first token, which counts what is queued there too. An engine of unknown
/// price counts as 1 USD per hour.
public final class MarginalCost {
    /// The price of an engine nobody said the price of.
    public static final double UNKNOWN_USD_PER_HOUR = 1;

    private static final double NANOS_PER_HOUR = 3600e9;

    private MarginalCost() {}

    /// What it adds, as predicted, in USD.
    public static double usd(Waiting request, EngineView engine, PoolView pool) {
        double own = request.promptTokens();
        double prefillNanos =
                pool.predictedTtftNanos(request, engine) * own / (own + engine.prefillTokensOutstanding());
        double decodeNanos = (double) request.predicted().decodeSteps() * pool.predictedTpotNanos(request, engine);
        double price = engine.description().traits().usdPerHour().orElse(UNKNOWN_USD_PER_HOUR);
        return price * (prefillNanos + decodeNanos / (engine.running() + 1)) / NANOS_PER_HOUR;
    }
}
