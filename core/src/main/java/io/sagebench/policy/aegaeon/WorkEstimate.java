package io.sagebench.policy.aegaeon;

import io.sagebench.engine.stepped.SteppedCosts;
import io.sagebench.policy.Waiting;

/// What a request takes on an engine.
interface WorkEstimate {
    /// What the control plane predicted when the request arrived; the engine's KV cache is its affair.
    WorkEstimate AS_PREDICTED = new WorkEstimate() {
        @Override
        public long prefillNanos(Waiting request) {
            return request.predicted().prefillNanos();
        }

        @Override
        public long decodeNanos(Waiting request) {
            return request.predicted().decodeNanos();
        }

        @Override
        public long kvTokens(Waiting request) {
            return Long.MAX_VALUE;
        }
    };

    /// Its prefill alone.
    long prefillNanos(Waiting request);

    /// Its decoding alone.
    long decodeNanos(Waiting request);

    /// Tokens of KV cache for which its model has room.
    long kvTokens(Waiting request);

    /// From the costs of a card's operations: what the control plane learns of such a card includes the turns of other models.
    ///
    /// @param costs of the card
    record OfCard(SteppedCosts costs) implements WorkEstimate {
        @Override
        public long prefillNanos(Waiting request) {
            return costs.models().contains(request.model())
                    ? costs.prefillNanos(request.model(), request.promptTokens())
                    : request.predicted().prefillNanos();
        }

        @Override
        public long decodeNanos(Waiting request) {
            return costs.models().contains(request.model())
                    ? request.predicted().decodeSteps() * costs.stepNanos(request.model(), 1, request.promptTokens())
                    : request.predicted().decodeNanos();
        }

        @Override
        public long kvTokens(Waiting request) {
            return costs.models().contains(request.model())
                    ? costs.kvBytes(request.model()) / costs.kvBytesPerToken(request.model())
                    : Long.MAX_VALUE;
        }
    }
}
