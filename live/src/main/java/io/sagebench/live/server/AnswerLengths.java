package io.sagebench.live.server;

import io.sagebench.engine.EngineDescription;
import io.sagebench.live.server.GenerationRequest.Length;
import io.sagebench.live.server.MockEngineOptions.Answers;
import io.sagebench.live.server.MockEngineOptions.Lengths;
import io.sagebench.random.Mix;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Decides how long the answers of a mock engine are, and refuses what does not fit into its context. The same seed and request id give the same
/// lengths.
final class AnswerLengths {
    /// The longest answer when the request sets no limit: a real model would end by itself long before its context does.
    static final int WITHOUT_LIMIT = 256;

    // Shares of the six equal classes of lengths, as llm-d-inference-sim draws them, in percent up to and with each.
    private static final int[] UP_TO_CLASS = {20, 50, 70, 75, 85, 100};

    private final Lengths lengths;
    private final Answers answers;
    private final Seed seed;
    private final ContextLimit limit;

    AnswerLengths(MockEngineOptions options, EngineDescription engine) {
        lengths = options.lengths();
        answers = options.answers();
        seed = options.seed().child("answer lengths");
        limit = ContextLimit.of(engine);
    }

    /// A job for each answer: those to the first prompt, then those to the next.
    ///
    /// @throws BadRequest when a prompt and its answer cannot fit; in vLLM's words
    List<PlannedJob> plan(GenerationRequest request) throws BadRequest {
        var jobs = new ArrayList<PlannedJob>();
        for (Prompt prompt : request.prompts()) {
            int maxTokens = limit.maxTokens(prompt, request.length());
            for (int i = 0; i < request.choices(); i++) {
                jobs.add(new PlannedJob(prompt, tokens(request, prompt, maxTokens, jobs.size()), maxTokens));
            }
        }
        return jobs;
    }

    /// A job for each text to embed.
    ///
    /// @throws BadRequest when one cannot fit
    List<PlannedJob> planEmbeddings(List<Prompt> texts) throws BadRequest {
        for (Prompt text : texts) {
            limit.check(text);
        }
        return texts.stream().map(PlannedJob::embedding).toList();
    }

    private int tokens(GenerationRequest request, Prompt prompt, int maxTokens, int index) {
        Length length = request.length();
        int most = length.maxTokens().isPresent() ? maxTokens : Math.min(maxTokens, Math.max(WITHOUT_LIMIT, length.minTokens()));
        if (length.ignoreEos()) {
            return most;
        }
        if (answers == Answers.ECHO) {
            most = Math.min(most, AnswerText.repeating(prompt.text()).tokens());
        } else if (lengths == Lengths.SAMPLED) {
            most = drawUpTo(most, generatorOf(request.id(), index));
        }
        return Math.max(most, Math.max(1, length.minTokens()));
    }

    private SplittableRandom generatorOf(RequestId id, int index) {
        return seed.child(Mix.of(id.value())).child(index).generator();
    }

    private static int drawUpTo(int limit, SplittableRandom chance) {
        int percent = chance.nextInt(100);
        int drawn = 0;
        while (percent >= UP_TO_CLASS[drawn]) {
            drawn++;
        }
        int most = Math.max(1, (int) ((long) limit * (drawn + 1) / UP_TO_CLASS.length));
        int least = Math.min(most, (int) ((long) limit * drawn / UP_TO_CLASS.length) + 1);
        return least + chance.nextInt(most - least + 1);
    }
}
