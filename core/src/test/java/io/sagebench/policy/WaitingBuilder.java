package io.sagebench.policy;

import io.sagebench.engine.Ask;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.PromptContent;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private Optional<String> tenant = Optional.empty();
    private Optional<String> session = Optional.empty();
    private Optional<Ask.Texts> texts = Optional.empty();
    private Set<EngineId> excluded = Set.of();
    private PromptContent content;

    private WaitingBuilder(long sequence) {
        this.sequence = sequence;
        this.content = PromptContent.unique(sequence);
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

    /// Who asks.
    public WaitingBuilder tenant(String name) {
        tenant = Optional.of(name);
        return this;
    }

    /// The conversation it belongs to.
    public WaitingBuilder session(String name) {
        session = Optional.of(name);
        return this;
    }

    /// What the prompt says.
    public WaitingBuilder saying(PromptContent what) {
        content = what;
        return this;
    }

    /// Texts to embed instead of a prompt to answer, of so many tokens each.
    public WaitingBuilder embedding(Integer... tokens) {
        texts = Optional.of(new Ask.Texts(List.of(tokens), ""));
        return this;
    }

    /// The same with what they must have in common with others to go with them.
    public WaitingBuilder embeddingOfForm(String form, Integer... tokens) {
        texts = Optional.of(new Ask.Texts(List.of(tokens), form));
        return this;
    }

    /// An engine that must not get it.
    public WaitingBuilder notOn(String engine) {
        excluded = Set.of(new EngineId(engine));
        return this;
    }

    /// The request.
    public Waiting build() {
        return new Waiting(
                sequence,
                new RequestId("req-" + sequence),
                arrivedAtNanos,
                texts.map(given -> Ask.embedding(model, given, content))
                        .orElseGet(() -> Ask.prompt(RequestType.LLM_CHAT, model, promptTokens, maxOutputTokens, content)),
                priority,
                serviceLevel,
                new Caller(tenant, session),
                new Waiting.Prediction(texts.isPresent() ? 0 : maxOutputTokens, prefillNanos, decodeNanos),
                excluded);
    }
}
