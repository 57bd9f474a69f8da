package io.sagebench.live.server;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.Sampling;
import io.sagebench.live.server.MockEngineOptions.Answers;
import io.sagebench.request.ChatTurn;
import io.sagebench.request.RequestId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an engine that computes reads and says: a model's own tokens and text. Making tokens is slow, so all is read on a thread of its own.
final class ModelTextPort implements PortText {
    private final ModelText model;
    private final EngineDescription engine;
    private final ContextLimit limit;
    private final Prompts prompts = new ModelPrompts();
    private final Generations generations;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("engine-tokenizer").daemon().factory());

    ModelTextPort(ModelText model, EngineDescription engine) {
        this.model = model;
        this.engine = engine;
        limit = ContextLimit.of(engine);
        generations = new Generations(prompts, this::plan, Answers.WORDS, false);
    }

    @Override
    public Reading reading() {
        return new Reading(thread);
    }

    @Override
    public Inference chat(HttpCall call) throws BadRequest {
        return generations.chat(call);
    }

    @Override
    public Inference completion(HttpCall call) throws BadRequest {
        return generations.completion(call);
    }

    @Override
    public Inference embeddings(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        String name = body.modelOrAny();
        if (body.get("dimensions") != null) {
            throw new BadRequest(ApiError.about("dimensions", "dimensions: this model's vectors have their own length; leave it out"));
        }
        boolean isBase64 = Embeddings.isBase64(body.get("encoding_format"));
        var jobs = new ArrayList<PlannedJob>();
        for (Prompt text : Inputs.readToEmbed(body.get("input"), "input", prompts)) {
            limit.check(text);
            jobs.add(PlannedJob.embedding(text)
                    .computing(new ComputedJob(text.ids(), Sampling.GREEDY, List.of(), model.endTokens())));
        }
        RequestId id = RequestIds.of(call);
        var answer = new EmbeddingAnswer(
                name,
                jobs.size(),
                text -> {
                    throw new IllegalStateException("the engine gave no vector for text " + text);
                },
                isBase64,
                call.response(),
                Map.of());
        return new Inference(id, name, HintHeaders.priority(call), 1, false, jobs, answer);
    }

    @Override
    public Reply tokenize(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        int[] tokens = tokensOf(body);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("count", tokens.length);
        answer.put("max_model_len", engine.contextTokens().isPresent() ? engine.contextTokens().getAsInt() : null);
        answer.put("tokens", tokens);
        answer.put("token_strs", body.flag("return_token_strs") ? strings(tokens) : null);
        return Reply.ok(answer);
    }

    private int[] tokensOf(JsonBody body) throws BadRequest {
        JsonNode text = body.get("prompt");
        if (text == null) {
            return prompts.chat(body.get("messages")).ids();
        }
        if (!text.isString()) {
            throw new BadRequest(
                    ApiError.about("prompt", "prompt must be a string, but is " + JsonBody.shortened(text)));
        }
        boolean alone = body.get("add_special_tokens") != null && !body.flag("add_special_tokens");
        return alone ? model.tokenizer().encode(text.stringValue()) : model.prompt(text.stringValue());
    }

    private List<String> strings(int[] tokens) {
        var strings = new ArrayList<String>();
        for (int token : tokens) {
            strings.add(model.tokenizer().decode(new int[] {token}));
        }
        return strings;
    }

    @Override
    public boolean detokenizes() {
        return true;
    }

    @Override
    public Reply detokenize(HttpCall call) throws BadRequest {
        JsonNode tokens = JsonBody.of(call).get("tokens");
        if (tokens == null || !tokens.isArray()) {
            throw new BadRequest(ApiError.about("tokens", "tokens is required and must be a list of token ids"));
        }
        return Reply.ok(Map.of("prompt", tokens.isEmpty() ? "" : decoded(Inputs.tokens(tokens, "tokens"), "tokens")));
    }

    @Override
    public void close() {
        thread.close();
    }

    private List<PlannedJob> plan(GenerationRequest request, JsonBody body) throws BadRequest {
        List<String> stops = request.stops().stream().filter(stop -> !stop.isEmpty()).toList();
        var jobs = new ArrayList<PlannedJob>();
        for (Prompt prompt : request.prompts()) {
            int maxTokens = limit.maxTokens(prompt, request.length());
            for (int i = 0; i < request.choices(); i++) {
                Sampling sampling = SamplingReader.read(body, request.id(), request.length(), jobs.size());
                jobs.add(new PlannedJob(prompt, maxTokens, maxTokens)
                        .computing(new ComputedJob(prompt.ids(), sampling, stops, model.endTokens())));
            }
        }
        return jobs;
    }

    private String decoded(int[] tokens, String path) throws BadRequest {
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] >= model.vocabularySize()) {
                throw new BadRequest(ApiError.about(
                        path,
                        path + "[" + i + "] is " + tokens[i] + ", but this model has the tokens 0 to " + (model.vocabularySize() - 1)));
            }
        }
        return model.tokenizer().decode(tokens);
    }

    /// Makes the model's tokens of prompts.
    private final class ModelPrompts implements Prompts {
        @Override
        public Prompt text(String text) throws BadRequest {
            return some(text, model.prompt(text));
        }

        /// Taken as they are.
        @Override
        public Prompt tokens(int[] tokens, String path) throws BadRequest {
            return Prompt.of(decoded(tokens, path), tokens);
        }

        @Override
        public Prompt chat(@Nullable JsonNode messages) throws BadRequest {
            List<ChatTurn> turns = ChatMessages.turns(messages);
            try {
                return some(turns.isEmpty() ? "" : turns.getLast().text(), model.chat(turns));
            } catch (IllegalArgumentException refused) {
                throw new BadRequest(ApiError.about("messages", "messages: " + refused.getMessage()));
            }
        }

        private static Prompt some(String text, int[] tokens) throws BadRequest {
            if (tokens.length == 0) {
                throw new BadRequest(ApiError.about("prompt", "the prompt has no tokens: there is nothing to go on from"));
            }
            return Prompt.of(text, tokens);
        }
    }
}
