package io.sagebench.inference;

import io.sagebench.engine.EngineJob;
import io.sagebench.engine.RealText;
import java.util.List;
import java.util.Optional;

/// Whether a model can do what a job asks.
final class JobCheck {
    private JobCheck() {}

    /// Why it cannot, for a person; absent when it can.
    static Optional<String> refusal(EngineJob job, LoadedModel model) {
        if (!(job.payload() instanceof RealText text)) {
            return Optional.of("the engine computes, and so needs the prompt itself: this job brings only its length");
        }
        boolean decodes = model.kind() == LoadedModel.Kind.DECODER;
        if (decodes && job.isEmbedding()) {
            return Optional.of("the model '" + model.name() + "' does not support embeddings");
        }
        if (!decodes && !job.isEmbedding()) {
            return Optional.of("the model '" + model.name() + "' only embeds texts: ask it at /v1/embeddings");
        }
        List<int[]> texts = decodes ? List.of(text.promptTokens()) : text.texts();
        for (int[] tokens : texts) {
            long total = (long) tokens.length + job.maxOutputTokens();
            if (total > model.contextTokens()) {
                return Optional.of("this model's maximum context length is " + model.contextTokens() + " tokens, but " + total + " were asked for ("
                        + tokens.length + " in the " + (decodes ? "prompt, " + job.maxOutputTokens() + " to generate)" : "text)"));
            }
            Optional<String> wrong = wrongTokens(tokens, model);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrongTokens(int[] tokens, LoadedModel model) {
        if (tokens.length == 0) {
            return Optional.of("there is nothing to compute: the prompt or text has no tokens");
        }
        for (int token : tokens) {
            if (token < 0 || token >= model.vocabularySize()) {
                return Optional.of("the model has no token " + token + ": its tokens are 0 to " + (model.vocabularySize() - 1));
            }
        }
        return Optional.empty();
    }
}
