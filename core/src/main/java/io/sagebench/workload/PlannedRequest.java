package io.sagebench.workload;

import io.sagebench.engine.Ask;
import io.sagebench.engine.PromptContent;
import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One request as the workload wants it sent, fixed before the run begins.
///
/// @param id               derived from the seed
/// @param index            place in the plan, from 0
/// @param intendedAtNanos  when it should leave, in nanoseconds since the run began
/// @param model            the model asked for; `default` means any
/// @param priority         sent as `X-Request-Priority`
/// @param serviceLevel     what it is promised
/// @param promptTokens     length of the prompt, or of all texts to embed, at least 1
/// @param outputTokens     length of the answer asked for, at least 1; 0 for texts to embed
/// @param promptSeed       gives the text of the prompt, or what of it was not given
/// @param form             what kind of answer it wants, and what its prompt is made of
/// @param caller           sent as `X-Tenant-Id` and `X-Session-Id`
/// @param announcesOutput  whether the length of the answer is told ahead (`X-Predicted-Output-Tokens`): what no client knows, for policies that
///                         are ceilings
public record PlannedRequest(
        RequestId id,
        long index,
        long intendedAtNanos,
        String model,
        Priority priority,
        ServiceLevel serviceLevel,
        int promptTokens,
        int outputTokens,
        Seed promptSeed,
        PromptForm form,
        Caller caller,
        boolean announcesOutput) {
    public PlannedRequest {
        Check.notNegative(index, "index");
        Check.notNegative(intendedAtNanos, "intendedAtNanos");
        Check.notBlank(model, "model");
        Check.atLeast(1, promptTokens, "promptTokens");
        if (form.type().isGeneration()) {
            Check.atLeast(1, outputTokens, "outputTokens");
            int shared = form.prefix().map(SharedPrefix::tokens).orElse(0);
            Check.atLeast(shared, promptTokens, "promptTokens of a prompt that begins with " + shared);
        } else if (outputTokens != 0 || promptTokens != form.totalTextTokens()) {
            throw new IllegalArgumentException("texts to embed bring their own length and have no output, but promptTokens was "
                    + promptTokens + " and outputTokens " + outputTokens);
        }
    }

    /// A chat of nobody in particular, whose prompt has nothing in common with others.
    public PlannedRequest(
            RequestId id,
            long index,
            long intendedAtNanos,
            String model,
            Priority priority,
            ServiceLevel serviceLevel,
            int promptTokens,
            int outputTokens,
            Seed promptSeed) {
        this(
                id, index, intendedAtNanos, model, priority, serviceLevel, promptTokens, outputTokens, promptSeed,
                PromptForm.CHAT, Caller.UNKNOWN, false);
    }

    /// What kind of answer it wants.
    public RequestType type() {
        return form.type();
    }

    /// The prompt's text, the same at each call: `promptTokens` tokens long, with what the system says before it.
    public String prompt() {
        return prompt(Wording.USUAL);
    }

    /// The prompt's text, where it is made up in those words.
    public String prompt(Wording wording) {
        return form.body().text(wording, type(), promptSeed, promptTokens);
    }

    /// What the system says before the prompt, if anything.
    public Optional<String> systemPrompt() {
        return form.body().system();
    }

    /// The texts to embed; none for a prompt.
    public List<String> texts() {
        return texts(Wording.USUAL);
    }

    /// The texts to embed, where they are made up in those words.
    public List<String> texts(Wording wording) {
        var texts = new ArrayList<String>(form.textTokens().size());
        for (int i = 0; i < form.textTokens().size(); i++) {
            texts.add(
                    form.body() instanceof PromptBody.Rows rows
                            ? rows.text(i)
                            : wording.text(type(), List.of(new Wording.Part(promptSeed.child(i), form.textTokens().get(i)))));
        }
        return texts;
    }

    /// What it asks of an engine. Its content equals that of another request where their texts are equal.
    public Ask ask() {
        if (!type().isGeneration()) {
            return Ask.embedding(model, new Ask.Texts(form.textTokens(), ""), PromptContent.unshared(id));
        }
        return Ask.prompt(type(), model, promptTokens, outputTokens, form.body().content(id, promptSeed));
    }

    /// The same caller's words at another place of a plan.
    PlannedRequest saying(
            RequestId otherId, long otherIndex, long atNanos, int prompt, int output, PromptBody body, Caller otherCaller) {
        return new PlannedRequest(
                otherId, otherIndex, atNanos, model, priority, serviceLevel, prompt, output, promptSeed,
                new PromptForm(type(), body, List.of()), otherCaller, announcesOutput);
    }

    /// The same in other words, as many, where its text is made up; what was given, or said before, stays as it is. Prompts that begin alike still do.
    ///
    /// @param salt gives the words: the same ones for the same salt
    public PlannedRequest reworded(String salt) {
        if (!(form.body() instanceof PromptBody.Words(Optional<SharedPrefix> prefix))) {
            return this;
        }
        var words = new PromptBody.Words(prefix.map(shared -> new SharedPrefix(shared.seed().child(salt), shared.tokens())));
        return new PlannedRequest(
                id, index, intendedAtNanos, model, priority, serviceLevel, promptTokens, outputTokens, promptSeed.child(salt),
                new PromptForm(type(), words, form.textTokens()), caller, announcesOutput);
    }

    /// The same with another place in a plan.
    public PlannedRequest withIndex(long other) {
        return new PlannedRequest(
                id, other, intendedAtNanos, model, priority, serviceLevel, promptTokens, outputTokens, promptSeed, form, caller,
                announcesOutput);
    }

    /// The same with the length of its answer told ahead.
    public PlannedRequest announcingOutput() {
        return new PlannedRequest(
                id, index, intendedAtNanos, model, priority, serviceLevel, promptTokens, outputTokens, promptSeed, form, caller,
                type().isGeneration());
    }
}
