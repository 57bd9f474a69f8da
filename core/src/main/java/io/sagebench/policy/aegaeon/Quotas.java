package io.sagebench.policy.aegaeon;

import io.sagebench.request.Check;
import java.util.Arrays;
import java.util.List;

/// How long each decode batch of a round runs: the weighted round robin of Aegaeon (Xiang et al., SOSP 2025).
///
/// A batch that decodes for `q` seconds yields `n * q` seconds of playback at the promised pace, where `n` is that pace over its step time. A round
/// lasts `R = c + sum(q)`; asking for `R = alpha * n_k * q_k` of every batch gives the quotas. With `alpha` up to 1 every stream keeps up; above,
/// about one in `alpha` tokens is in time.
///
/// @param alpha         `max(c / (min_n * qmax) + S, alpha_min)`
/// @param demand        `S = sum(1 / n_k)`: the share of time that decoding at the promised pace takes
/// @param switchSeconds `c`: the switches of one round, one a model
/// @param seconds       `q_k = c / (n_k * (alpha - S))`, one for each batch
record Quotas(double alpha, double demand, double switchSeconds, List<Double> seconds) {
    Quotas {
        seconds = List.copyOf(seconds);
    }

    /// @param switchSeconds `c`, above 0
    /// @param qmaxSeconds   the most a quota may be, above 0
    /// @param alphaMin      below which `alpha` does not go, above 0: 0.5 is a buffer of twice what is played
    /// @param n             of each batch, above 0; at least one
    static Quotas of(double switchSeconds, double qmaxSeconds, double alphaMin, double... n) {
        Check.positive(switchSeconds, "switch seconds");
        Check.positive(qmaxSeconds, "qmax seconds");
        Check.positive(alphaMin, "least alpha");
        Check.atLeast(1, n.length, "the number of batches");
        double demand = 0;
        double least = Double.MAX_VALUE;
        for (double each : n) {
            Check.positive(each, "pace over step time");
            demand += 1 / each;
            least = Math.min(least, each);
        }
        double spare = Math.max(switchSeconds / (least * qmaxSeconds), alphaMin - demand); // alpha - S, without its rounding
        return new Quotas(
                demand + spare,
                demand,
                switchSeconds,
                Arrays.stream(n).mapToObj(each -> switchSeconds / (each * spare)).toList());
    }

    /// How long the round lasts: `c + sum(q)`.
    double roundSeconds() {
        double sum = switchSeconds;
        for (double each : seconds) {
            sum += each;
        }
        return sum;
    }
}
