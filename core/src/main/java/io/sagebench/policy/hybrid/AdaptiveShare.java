package io.sagebench.policy.hybrid;

import io.sagebench.policy.Waiting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The usual share, shifted towards the class that has waited for the larger part of its deadline: the odds of the usual share times
/// `(prompt wait / its deadline) / (text wait / its deadline)`, between 0.1 and 0.9. A request without a deadline has the usual one of its class.
///
/// @param usual the share of the prompts while neither class waits longer than the other
record AdaptiveShare(double usual) implements ShareRule {
    private static final double LEAST = 0.1;
    private static final double MOST = 0.9;

    @Override
    public double promptShare(long nowNanos, @Nullable Waiting oldestPrompt, @Nullable Waiting oldestTexts) {
        double prompts = pressure(nowNanos, oldestPrompt);
        double texts = pressure(nowNanos, oldestTexts);
        if (prompts + texts == 0) {
            return usual;
        }
        double forPrompts = usual * prompts;
        double forTexts = (1 - usual) * texts;
        return forPrompts + forTexts == 0 ? usual : Math.clamp(forPrompts / (forPrompts + forTexts), LEAST, MOST);
    }

    private static double pressure(long nowNanos, @Nullable Waiting oldest) {
        if (oldest == null) {
            return 0;
        }
        var promised = oldest.serviceLevel();
        long deadlineNanos = promised.endToEnd()
                .or(promised::timeToFirstToken)
                .map(Duration::toNanos)
                .orElseGet(() -> Deadlines.usualNanos(oldest));
        return (double) (nowNanos - oldest.arrivedAtNanos()) / deadlineNanos;
    }
}
