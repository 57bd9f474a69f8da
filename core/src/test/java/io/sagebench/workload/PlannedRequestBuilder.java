package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A planned request for tests: NORMAL, for any model, 10 tokens in, 4 out, nothing promised, intended at 0.
public final class PlannedRequestBuilder {
    private final long index;
    private long intendedAtNanos;
    private String model = "default";
    private Priority priority = Priority.NORMAL;
    private ServiceLevel serviceLevel = ServiceLevel.NONE;
    private int promptTokens = 10;
    private int outputTokens = 4;
    private Caller caller = Caller.UNKNOWN;
    private PromptForm form = PromptForm.CHAT;

    private PlannedRequestBuilder(long index) {
        this.index = index;
    }

    /// The planned request number `index`.
    public static PlannedRequestBuilder aPlannedRequest(long index) {
        return new PlannedRequestBuilder(index);
    }

    /// When it should leave.
    public PlannedRequestBuilder atNanos(long nanos) {
        intendedAtNanos = nanos;
        return this;
    }

    /// When it should leave.
    public PlannedRequestBuilder atMillis(long millis) {
        return atNanos(millis * 1_000_000);
    }

    /// The model asked for.
    public PlannedRequestBuilder model(String name) {
        model = name;
        return this;
    }

    /// How urgent.
    public PlannedRequestBuilder priority(Priority of) {
        priority = of;
        return this;
    }

    /// What is promised.
    public PlannedRequestBuilder promised(ServiceLevel level) {
        serviceLevel = level;
        return this;
    }

    /// A promise in milliseconds until the last content.
    public PlannedRequestBuilder dueMillis(long millis) {
        return promised(ServiceLevel.endToEnd(Duration.ofMillis(millis)));
    }

    /// A promise in milliseconds until the first token.
    public PlannedRequestBuilder firstTokenDueMillis(long millis) {
        return promised(new ServiceLevel(Optional.empty(), Optional.of(Duration.ofMillis(millis)), Optional.empty()));
    }

    /// Lengths of the prompt and the answer.
    public PlannedRequestBuilder tokens(int prompt, int output) {
        promptTokens = prompt;
        outputTokens = output;
        return this;
    }

    /// Who asks.
    public PlannedRequestBuilder tenant(String name) {
        caller = Caller.tenant(name);
        return this;
    }

    /// Texts to embed instead of a prompt.
    public PlannedRequestBuilder texts(Integer... textTokens) {
        form = PromptForm.texts(List.of(textTokens));
        promptTokens = form.totalTextTokens();
        outputTokens = 0;
        return this;
    }

    /// A prompt to complete.
    public PlannedRequestBuilder completion() {
        form = new PromptForm(RequestType.LLM_GENERATE, Optional.empty(), List.of());
        return this;
    }

    /// The request.
    public PlannedRequest build() {
        return new PlannedRequest(
                new RequestId("req-" + index),
                index,
                intendedAtNanos,
                model,
                priority,
                serviceLevel,
                promptTokens,
                outputTokens,
                new Seed(1).child(index),
                form,
                caller,
                false);
    }
}
