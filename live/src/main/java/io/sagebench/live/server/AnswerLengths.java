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
import java.util.Optional;
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
    private final long mostTokens;

    AnswerLengths(MockEngineOptions options, EngineDescription engine) {
        lengths = options.lengths();
        answers = options.answers();
        seed = options.seed().child("answer lengths");
        mostTokens = Math.min(engine.contextTokens().orElse(JsonBody.MOST_TOKENS), engine.kvTokens().orElse(Long.MAX_VALUE));
    }

    /// A job for each answer: those to the first prompt, then those to the next.
    ///
    /// @throws BadRequest when a prompt and its answer cannot fit; in vLLM's words
    List<PlannedJob> plan(GenerationRequest request) throws BadRequest {
        var jobs = new ArrayList<PlannedJob>();
        for (Prompt prompt : request.prompts()) {
            int maxTokens = maxTokens(prompt, request.length());
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
            if (text.tokens() > mostTokens) {
                throw tooLong(
                        "input",
                        "This model's maximum context length is " + mostTokens + " tokens. However, you requested "
                                + text.tokens()
                                + " tokens in the input for embedding generation. Please reduce the length of the input.");
            }
        }
        return texts.stream().map(PlannedJob::embedding).toList();
    }

    private int maxTokens(Prompt prompt, Length length) throws BadRequest {
        long room = mostTokens - prompt.tokens();
        if (room < 1) {
            throw tooLong(
                    "input_tokens",
                    "This model's maximum context length is " + mostTokens + " tokens. However, your request has "
                            + prompt.tokens() + " input tokens. Please reduce the length of the input messages.");
        }
        if (length.maxTokens().isEmpty()) {
            if (length.minTokens() > room) {
                throw new BadRequest(ApiError.about(
                        "min_tokens", "min_tokens is " + length.minTokens() + ", but only " + room + " tokens have room"));
            }
            return (int) Math.min(room, Integer.MAX_VALUE);
        }
        int maxTokens = length.maxTokens().getAsInt();
        if (maxTokens > room) {
            throw tooLong(
                    "max_tokens",
                    "'max_tokens' or 'max_completion_tokens' is too large: " + maxTokens
                            + ". This model's maximum context length is " + mostTokens + " tokens and your request has "
                            + prompt.tokens() + " input tokens (" + maxTokens + " > " + mostTokens + " - "
                            + prompt.tokens() + ").");
        }
        return maxTokens;
    }

    private int tokens(GenerationRequest request, Prompt prompt, int maxTokens, int index) {
        Length length = request.length();
        int limit = length.maxTokens().isPresent() ? maxTokens : Math.min(maxTokens, Math.max(WITHOUT_LIMIT, length.minTokens()));
        if (length.ignoreEos()) {
            return limit;
        }
        if (answers == Answers.ECHO) {
            limit = Math.min(limit, AnswerText.repeating(prompt.text()).tokens());
        } else if (lengths == Lengths.SAMPLED) {
            limit = drawUpTo(limit, generatorOf(request.id(), index));
        }
        return Math.max(limit, Math.max(1, length.minTokens()));
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

    private static BadRequest tooLong(String param, String message) {
        return new BadRequest(new ApiError(
                400,
                Optional.of("BadRequestError"),
                message,
                Optional.of(param),
                Optional.of("context_length_exceeded"),
                Optional.empty()));
    }
}
