package io.sagebench.controlplane;

import io.sagebench.engine.Ask;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A submission for tests: NORMAL, for model `m`, 10 tokens in, at most 4 out, nothing promised, from nobody in particular.
public final class SubmissionBuilder {
    private final String id;
    private String model = "m";
    private Priority priority = Priority.NORMAL;
    private ServiceLevel serviceLevel = ServiceLevel.NONE;
    private Optional<String> tenant = Optional.empty();
    private RequestType type = RequestType.LLM_CHAT;
    private int promptTokens = 10;
    private int maxOutputTokens = 4;
    private Optional<String> session = Optional.empty();
    private Optional<Ask.Texts> texts = Optional.empty();
    private PromptContent content;
    private OptionalInt announced = OptionalInt.empty();

    private SubmissionBuilder(String id) {
        this.id = id;
        this.content = PromptContent.unshared(new RequestId(id));
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

    /// Promises until the first token and for each further one.
    public SubmissionBuilder promising(long firstTokenMillis, long perTokenMillis) {
        serviceLevel = new ServiceLevel(
                Optional.empty(), Optional.of(Duration.ofMillis(firstTokenMillis)), Optional.of(Duration.ofMillis(perTokenMillis)));
        return this;
    }

    /// What kind of answer to a prompt it wants.
    public SubmissionBuilder type(RequestType of) {
        type = of;
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

    /// The conversation it belongs to.
    public SubmissionBuilder session(String name) {
        session = Optional.of(name);
        return this;
    }

    /// What the prompt says.
    public SubmissionBuilder saying(PromptContent what) {
        content = what;
        return this;
    }

    /// Texts to embed instead of a prompt to answer, of so many tokens each.
    public SubmissionBuilder embedding(Integer... tokens) {
        texts = Optional.of(new Ask.Texts(List.of(tokens), ""));
        return this;
    }

    /// The submission.
    public Submission build() {
        return new Submission(
                new RequestId(id),
                texts.map(given -> Ask.embedding(model, given, content))
                        .orElseGet(() -> Ask.prompt(type, model, promptTokens, maxOutputTokens, content)),
                priority,
                serviceLevel,
                new Caller(tenant, session),
                announced,
                Payload.NONE);
    }
}
