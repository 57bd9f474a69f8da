package io.sagebench.controlplane;

import io.sagebench.engine.Payload;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// A submission for tests: NORMAL, for model `m`, 10 tokens in, at most 4 out, nothing promised, from nobody in particular.
public final class SubmissionBuilder {
    private final String id;
    private String model = "m";
    private Priority priority = Priority.NORMAL;
    private ServiceLevel serviceLevel = ServiceLevel.NONE;
    private Optional<String> tenant = Optional.empty();
    private int promptTokens = 10;
    private int maxOutputTokens = 4;
    private OptionalInt announced = OptionalInt.empty();

    private SubmissionBuilder(String id) {
        this.id = id;
    }

    /// The submission with that caller's id.
    public static SubmissionBuilder aSubmission(String id) {
        return new SubmissionBuilder(id);
    }

    /// The model asked for.
    public SubmissionBuilder model(String name) {
        model = name;
        return this;
    }

    /// How urgent.
    public SubmissionBuilder priority(Priority of) {
        priority = of;
        return this;
    }

    /// A promise until the last token.
    public SubmissionBuilder dueMillis(long millis) {
        serviceLevel = ServiceLevel.endToEnd(Duration.ofMillis(millis));
        return this;
    }

    /// Who asks.
    public SubmissionBuilder tenant(String name) {
        tenant = Optional.of(name);
        return this;
    }

    /// Lengths of the prompt and the answer.
    public SubmissionBuilder tokens(int prompt, int output) {
        promptTokens = prompt;
        maxOutputTokens = output;
        return this;
    }

    /// How long the caller says the answer will be.
    public SubmissionBuilder announcing(int outputTokens) {
        announced = OptionalInt.of(outputTokens);
        return this;
    }

    /// The submission.
    public Submission build() {
        return new Submission(
                new RequestId(id),
                model,
                priority,
                serviceLevel,
                tenant,
                promptTokens,
                maxOutputTokens,
                announced,
                Payload.NONE);
    }
}
