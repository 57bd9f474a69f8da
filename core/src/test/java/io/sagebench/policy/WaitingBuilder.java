package io.sagebench.policy;

import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.Optional;

/// A waiting request for tests: NORMAL, model `m`, arrived at 0, 10 tokens in, at most 10 out as predicted, nothing promised, 10 ms of prefill
/// and 90 ms of decode.
public final class WaitingBuilder {
    private final long sequence;
    private long arrivedAtNanos;
    private String model = "m";
    private Priority priority = Priority.NORMAL;
    private ServiceLevel serviceLevel = ServiceLevel.NONE;
    private int promptTokens = 10;
    private int maxOutputTokens = 10;
    private long prefillNanos = 10_000_000;
    private long decodeNanos = 90_000_000;

    private WaitingBuilder(long sequence) {
        this.sequence = sequence;
    }

    /// The request with that place in the order of arrival.
    public static WaitingBuilder aRequest(long sequence) {
        return new WaitingBuilder(sequence);
    }

    /// When it arrived.
    public WaitingBuilder atMillis(long millis) {
        arrivedAtNanos = millis * 1_000_000;
        return this;
    }

    /// The model asked for.
    public WaitingBuilder model(String name) {
        model = name;
        return this;
    }

    /// Its own priority.
    public WaitingBuilder priority(Priority of) {
        priority = of;
        return this;
    }

    /// What is promised.
    public WaitingBuilder promised(ServiceLevel level) {
        serviceLevel = level;
        return this;
    }

    /// A promise until the last token.
    public WaitingBuilder dueMillis(long millis) {
        return promised(ServiceLevel.endToEnd(Duration.ofMillis(millis)));
    }

    /// A promise until the first token.
    public WaitingBuilder firstTokenDueMillis(long millis) {
        return promised(new ServiceLevel(Optional.empty(), Optional.of(Duration.ofMillis(millis)), Optional.empty()));
    }

    /// Lengths of the prompt and the answer, which is predicted to be as long as it may.
    public WaitingBuilder tokens(int prompt, int output) {
        promptTokens = prompt;
        maxOutputTokens = output;
        return this;
    }

    /// How long its service is predicted to take.
    public WaitingBuilder serviceMillis(long prefill, long decode) {
        prefillNanos = prefill * 1_000_000;
        decodeNanos = decode * 1_000_000;
        return this;
    }

    /// The request.
    public Waiting build() {
        return new Waiting(
                sequence,
                new RequestId("req-" + sequence),
                arrivedAtNanos,
                model,
                priority,
                serviceLevel,
                Optional.empty(),
                promptTokens,
                maxOutputTokens,
                new Waiting.Prediction(maxOutputTokens, prefillNanos, decodeNanos));
    }
}
