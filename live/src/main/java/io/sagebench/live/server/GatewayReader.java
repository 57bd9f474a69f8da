package io.sagebench.live.server;

import io.sagebench.engine.Ask;
import io.sagebench.engine.PromptContent;
import io.sagebench.live.server.GatewayRequest.Delivery;
import io.sagebench.live.server.GatewayRequest.Form;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads OpenAI requests as a control plane takes them. Fields it does not need go to the engine unread.
final class GatewayReader {
    /// The most tokens of an answer to a chat that does not say.
    static final int CHAT_TOKENS = 256;
    /// The most tokens of a completion that does not say: OpenAI's default, and vLLM's.
    static final int COMPLETION_TOKENS = 16;

    private GatewayReader() {}

    /// The body of `POST /v1/chat/completions`.
    ///
    /// @throws BadRequest when a field or header is missing or wrong; the first one is named
    static GatewayRequest chat(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        String model = body.requiredText("model");
        Prompt prompt = ChatMessages.prompt(body.get("messages"));
        Optional<Integer> newName = body.wholeNumber("max_completion_tokens", 1);
        Optional<Integer> oldName = body.wholeNumber("max_tokens", 1);
        int maxTokens = newName.or(() -> oldName).orElse(CHAT_TOKENS);
        Ask ask = Ask.prompt(RequestType.LLM_CHAT, model, prompt.tokens(), maxTokens, prompt.content());
        return text(call, body, RequestIds.of(call), ask, ApiShape.CHAT);
    }

    /// The body of `POST /v1/completions`. Several prompts are scheduled as one that is as long as all of them.
    ///
    /// @throws BadRequest when a field or header is missing or wrong; the first one is named
    static GatewayRequest completion(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        String model = body.requiredText("model");
        List<Prompt> prompts = Inputs.read(body.get("prompt"), "prompt", Prompts.ESTIMATED);
        int maxTokens = body.wholeNumber("max_tokens", 1).orElse(COMPLETION_TOKENS);
        RequestId id = RequestIds.of(call);
        int tokens = Math.toIntExact(prompts.stream().mapToLong(Prompt::tokens).sum());
        PromptContent content = prompts.size() == 1 ? prompts.getFirst().content() : PromptContent.unshared(id);
        return text(call, body, id, Ask.prompt(RequestType.LLM_GENERATE, model, tokens, maxTokens, content), ApiShape.COMPLETIONS);
    }

    /// The body of `POST /v1/embeddings`.
    ///
    /// @throws BadRequest when a field or header is missing or wrong; the first one is named
    static GatewayRequest embedding(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        String model = body.requiredText("model");
        JsonNode input = body.get("input");
        List<Prompt> inputs = Inputs.readToEmbed(input, "input", Prompts.ESTIMATED);
        boolean base64 = Embeddings.isBase64(body.get("encoding_format"));
        Optional<Integer> dimensions = body.wholeNumber("dimensions", 1, Embeddings.MOST_DIMENSIONS);
        RequestId id = RequestIds.of(call);
        var texts = new Ask.Texts(inputs.stream().map(Prompt::tokens).toList(), commonTo(body, input));
        return new GatewayRequest(
                id,
                Ask.embedding(model, texts, PromptContent.unshared(id)),
                new Form.Vectors(inputs, dimensions.map(OptionalInt::of).orElse(OptionalInt.empty()), base64),
                HintHeaders.read(call, body, RequestType.EMBEDDING));
    }

    private static GatewayRequest text(HttpCall call, JsonBody body, RequestId id, Ask ask, ApiShape api) throws BadRequest {
        int minTokens = body.wholeNumber("min_tokens", 0).orElse(0);
        if (minTokens > ask.maxOutputTokens()) {
            throw new BadRequest(ApiError.about(
                    "min_tokens", "min_tokens is " + minTokens + ", above max_tokens, which is " + ask.maxOutputTokens()));
        }
        body.flag("ignore_eos");
        return new GatewayRequest(id, ask, new Form.Text(api, delivery(body)), HintHeaders.read(call, body, ask.type()));
    }

    private static Delivery delivery(JsonBody body) throws BadRequest {
        boolean includeUsage = false;
        JsonNode options = body.get("stream_options");
        if (options != null) {
            if (!options.isObject()) {
                throw new BadRequest(ApiError.about("stream_options", "stream_options must be an object"));
            }
            includeUsage = JsonBody.flag(options, "include_usage", "stream_options.include_usage");
        }
        if (!body.flag("stream")) {
            return Delivery.WHOLE;
        }
        return includeUsage ? Delivery.STREAM_WITH_USAGE : Delivery.STREAM;
    }

    /// All that requests must have in common to be embedded by one call, as text: whether they bring texts or token ids, and every field but for
    /// the model, which is compared by itself, the input, and `user`, which does not change a vector.
    private static String commonTo(JsonBody body, @Nullable JsonNode input) {
        var common = new TreeMap<String, String>();
        body.root().properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                common.put(field.getKey(), field.getValue().toString());
            }
        });
        common.remove("model");
        common.remove("user");
        common.put("input", kindOf(input));
        return common.toString();
    }

    private static String kindOf(@Nullable JsonNode input) {
        if (input == null || !input.isArray()) {
            return "texts";
        }
        boolean texts = false;
        boolean tokens = false;
        for (JsonNode each : input) {
            texts |= each.isString();
            tokens |= !each.isString();
        }
        return texts && tokens ? "mixed" : tokens ? "tokens" : "texts";
    }
}
