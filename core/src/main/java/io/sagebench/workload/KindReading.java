package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import java.util.SplittableRandom;

/// Draws the requests of one kind, one after another: models, lengths, prefixes and sessions come from parts of the seed of their own, so that
/// a change of one leaves the others as they were.
final class KindReading {
    private final RequestKind kind;
    private final SplittableRandom models;
    private final SplittableRandom prompts;
    private final SplittableRandom outputs;
    private final TraitsReading traits;

    /// What was drawn for a request.
    record Drawn(String model, ServiceLevel promised, int promptTokens, int outputTokens, PromptForm form, Caller caller) {}

    /// @param seed the kind's
    KindReading(RequestKind kind, Seed seed) {
        this.kind = kind;
        models = seed.child("models").generator();
        prompts = seed.child("prompt lengths").generator();
        outputs = seed.child("output lengths").generator();
        traits = new TraitsReading(kind.traits(), kind.promptLength(), seed);
    }

    /// The next request.
    Drawn next(Priority priority) {
        return next(priority, kind.promptLength().draw(prompts), kind.outputLength().draw(outputs));
    }

    /// The next request, with the lengths of a trace; texts to embed have their own.
    Drawn next(Priority priority, Trace trace, int index) {
        return kind.type().isGeneration()
                ? next(priority, trace.promptTokens(index), trace.outputTokens(index))
                : next(priority);
    }

    private Drawn next(Priority priority, int promptTokens, int outputTokens) {
        ServiceLevel promised = kind.serviceLevels().getOrDefault(priority, ServiceLevel.NONE);
        PromptForm form = traits.form(promptTokens);
        String model = kind.models().draw(models);
        Caller caller = traits.caller();
        return form.type().isGeneration()
                ? new Drawn(
                        model,
                        promised,
                        promptTokens + form.prefix().map(SharedPrefix::tokens).orElse(0),
                        outputTokens,
                        form,
                        caller)
                : new Drawn(model, promised, form.totalTextTokens(), 0, form, caller);
    }
}
