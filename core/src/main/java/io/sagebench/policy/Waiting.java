package io.sagebench.policy;

import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import java.util.Optional;

/// A request that waits in the control plane, as a policy sees it. Nothing in it changes while it waits.
///
/// @param sequence              its place in the order of arrival; unique within a control plane
/// @param id                    the caller's id, which need not be unique
/// @param arrivedAtNanos        when it arrived
/// @param model                 the model asked for
/// @param priority              its own priority, before any aging
/// @param serviceLevel          what it is promised, counted from arrival
/// @param tenant                who asks, when known
/// @param promptTokens          length of the prompt, estimated, at least 1
/// @param maxOutputTokens       the most tokens the answer may have, at least 1
/// @param predicted             what it will probably cost
public record Waiting(
        long sequence,
        RequestId id,
        long arrivedAtNanos,
        String model,
        Priority priority,
        ServiceLevel serviceLevel,
        Optional<String> tenant,
        int promptTokens,
        int maxOutputTokens,
        Prediction predicted) {
    public Waiting {
        Check.notNegative(sequence, "sequence");
        Check.atLeast(1, promptTokens, "promptTokens");
        Check.atLeast(1, maxOutputTokens, "maxOutputTokens");
    }

    /// The most tokens it may have in all, prompt and answer; more than an `int` holds when a client asks for as many as it can.
    public long mostTokens() {
        return (long) promptTokens + maxOutputTokens;
    }

    /// What a request will probably cost, fixed when it arrived so that keys made from it do not change.
    ///
    /// @param outputTokens how long the answer will be, at least 1
    /// @param prefillNanos how long its prefill takes on the fastest engine for it
    /// @param decodeNanos  how long its decode takes on the fastest engine for it
    public record Prediction(int outputTokens, long prefillNanos, long decodeNanos) {
        public Prediction {
            Check.atLeast(1, outputTokens, "outputTokens");
            Check.notNegative(prefillNanos, "prefillNanos");
            Check.notNegative(decodeNanos, "decodeNanos");
        }

        /// Prefill and decode together.
        public long serviceNanos() {
            return prefillNanos + decodeNanos;
        }
    }
}
