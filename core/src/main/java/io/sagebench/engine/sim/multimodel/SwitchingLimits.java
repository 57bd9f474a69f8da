package io.sagebench.engine.sim.multimodel;

import io.sagebench.request.Check;

/// The limits of a [ModelSwitchingEngine].
///
/// @param maxNumSeqs the most sequences in the batch of the loaded model
/// @param turnNanos  how long the loaded model may go on once requests for another one wait
/// @param prefetch   whether the next model's weights are fetched meanwhile, where there is room
/// @param apiNanos   tokenising and HTTP, before a request is queued
public record SwitchingLimits(int maxNumSeqs, long turnNanos, boolean prefetch, long apiNanos) {
    /// 256 sequences, 4 s (Aegaeon's longest quota), with prefetch, and 5 ms like the engines of one model.
    public static final SwitchingLimits DEFAULT = new SwitchingLimits(256, 4_000_000_000L, true, 5_000_000);

    public SwitchingLimits {
        Check.atLeast(1, maxNumSeqs, "max_num_seqs");
        Check.notNegative(turnNanos, "turn limit");
        Check.notNegative(apiNanos, "api overhead");
    }
}
