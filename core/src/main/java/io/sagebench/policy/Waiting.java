package io.sagebench.policy;

import io.sagebench.engine.Ask;
import io.sagebench.engine.EngineId;
import io.sagebench.request.Caller;
import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.util.Optional;
import java.util.Set;

/// A request that waits in the control plane, as a policy sees it. Nothing in it changes while it waits.
///
/// @param sequence       its place in the order of arrival; unique within a control plane
/// @param id             the caller's id, which need not be unique
/// @param arrivedAtNanos when it arrived
/// @param ask            what it asks for
/// @param priority       its own priority, before any aging
/// @param serviceLevel   what it is promised, counted from arrival
/// @param caller         who asks
/// @param predicted      what it will probably cost
/// @param excluded       engines that have failed it and will not be tried again
public record Waiting(
        long sequence,
        RequestId id,
        long arrivedAtNanos,
        Ask ask,
        Priority priority,
        ServiceLevel serviceLevel,
        Caller caller,
        Prediction predicted,
        Set<EngineId> excluded) {
    public Waiting {
        Check.notNegative(sequence, "sequence");
        excluded = Set.copyOf(excluded);
    }

    /// The model asked for.
    public String model() {
        return ask.model();
    }

    /// What kind of answer it wants.
    public RequestType type() {
        return ask.type();
    }

    /// Those that the same engines can serve.
    public Lane lane() {
        return new Lane(ask.model(), ask.type());
    }

    /// Who asks, when known.
    public Optional<String> tenant() {
        return caller.tenant();
    }

    /// Length of the prompt, or of all texts together, estimated, at least 1.
    public int promptTokens() {
        return ask.promptTokens();
    }

    /// The most tokens the answer may have; 0 for texts to embed.
    public int maxOutputTokens() {
        return ask.maxOutputTokens();
    }

    /// The most tokens that stand in one context, prompt and answer or the longest text; more than an `int` holds when a client asks for as many as it can.
    public long mostTokens() {
        return ask.mostTokens();
    }

    /// KV cache tokens it will hold when it ends, as predicted.
    public long kvTokens() {
        return ask.type().isGeneration() ? (long) ask.promptTokens() + predicted.outputTokens() : 0;
    }

    /// What a request will probably cost, fixed when it arrived so that keys made from it do not change.
    ///
    /// @param outputTokens how long the answer will be; 0 for texts to embed, else at least 1
    /// @param prefillNanos how long its prefill, or the embedding of its texts, takes on the fastest engine for it
    /// @param decodeNanos  how long its decode takes on the fastest engine for it
    public record Prediction(int outputTokens, long prefillNanos, long decodeNanos) {
        public Prediction {
            Check.notNegative(outputTokens, "outputTokens");
            Check.notNegative(prefillNanos, "prefillNanos");
            Check.notNegative(decodeNanos, "decodeNanos");
        }

        /// Prefill and decode together.
        public long serviceNanos() {
            return prefillNanos + decodeNanos;
        }

        /// Tokens after the first, each of which takes one step.
        public int decodeSteps() {
            return Math.max(0, outputTokens - 1);
        }
    }
}
