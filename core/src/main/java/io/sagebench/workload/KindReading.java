package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Draws the requests of one kind, one after another: models, lengths, prefixes and sessions come from parts of the seed of their own, so that
/// a change of one leaves the others as they were.
final class KindReading {
    private final RequestKind kind;
    private final SplittableRandom models;
    private final SplittableRandom prompts;
    private final SplittableRandom outputs;
    private final TraitsReading traits;
    private final Optional<Rows> rows;

    /// What was drawn for a request.
    record Drawn(String model, Priority priority, ServiceLevel promised, int promptTokens, int outputTokens, PromptForm form, Caller caller) {}

    /// @param seed the kind's
    KindReading(RequestKind kind, Seed seed) {
        this.kind = kind;
        models = seed.child("models").generator();
        prompts = seed.child("prompt lengths").generator();
        outputs = seed.child("output lengths").generator();
        rows = kind.pool().map(pool -> new Rows(pool, new SeededOrder(seed.child("rows"), pool.size())));
        traits = new TraitsReading(kind.traits(), kind.promptLength(), rows, seed);
    }

    /// Takes the rows of a dataset, each once before any comes again.
    static final class Rows {
        private final PromptPool pool;
        private final SeededOrder order;
        private long taken;

        Rows(PromptPool pool, SeededOrder order) {
            this.pool = pool;
            this.order = order;
        }

        PromptPool pool() {
            return pool;
        }

        /// The next so many.
        PromptBody.Rows next(int count) {
            var rows = new ArrayList<Long>(count);
            for (int i = 0; i < count; i++) {
                rows.add(order.at(taken++));
            }
            return new PromptBody.Rows(pool, rows);
        }
    }

    /// The next request.
    Drawn next(Priority priority) {
        int promptTokens = kind.promptLength().draw(prompts);
        int outputTokens = kind.outputLength().draw(outputs);
        return kind.type().isGeneration() && rows.isPresent()
                ? given(priority, rows.get().next(1), outputTokens)
                : next(priority, promptTokens, outputTokens);
    }

    /// The next request, with the lengths, and what else it has, of a trace; texts to embed have their own.
    Drawn next(Priority priority, Trace trace, int index) {
        if (!kind.type().isGeneration()) {
            return next(priority);
        }
        Drawn drawn = next(priority, trace.promptTokens(index), trace.outputTokens(index));
        Caller caller = trace.session(index).isPresent()
                ? new Caller(drawn.caller.tenant(), Optional.of("session-" + trace.session(index).getAsLong()))
                : drawn.caller;
        return trace.blocks(index) == 0
                ? new Drawn(drawn.model, drawn.priority, drawn.promised, drawn.promptTokens, drawn.outputTokens, drawn.form, caller)
                : new Drawn(
                        drawn.model,
                        drawn.priority,
                        drawn.promised,
                        trace.promptTokens(index),
                        drawn.outputTokens,
                        new PromptForm(kind.type(), new PromptBody.Blocks(trace, index), List.of()),
                        caller);
    }

    private Drawn given(Priority drawn, PromptBody.Rows row, int otherwiseOutput) {
        long number = row.rows().getFirst();
        Priority priority = row.pool().priority(number).orElse(drawn);
        return new Drawn(
                kind.models().draw(models),
                priority,
                kind.serviceLevels().getOrDefault(priority, ServiceLevel.NONE),
                row.pool().promptTokens(number),
                row.pool().outputTokens(number).orElse(otherwiseOutput),
                new PromptForm(kind.type(), row, List.of()),
                traits.caller());
    }

    private Drawn next(Priority priority, int promptTokens, int outputTokens) {
        ServiceLevel promised = kind.serviceLevels().getOrDefault(priority, ServiceLevel.NONE);
        PromptForm form = traits.form(promptTokens);
        String model = kind.models().draw(models);
        Caller caller = traits.caller();
        return form.type().isGeneration()
                ? new Drawn(
                        model,
                        priority,
                        promised,
                        promptTokens + form.prefix().map(SharedPrefix::tokens).orElse(0),
                        outputTokens,
                        form,
                        caller)
                : new Drawn(model, priority, promised, form.totalTextTokens(), 0, form, caller);
    }
}
