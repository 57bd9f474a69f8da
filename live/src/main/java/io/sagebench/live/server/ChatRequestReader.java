package io.sagebench.live.server;

import io.sagebench.live.server.ChatRequest.Delivery;
import io.sagebench.request.TextTokens;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads an OpenAI chat request as a control plane takes it.
final class ChatRequestReader {
    private ChatRequestReader() {}

    /// What the request asks for.
    ///
    /// @throws BadRequest when a field or header is missing or wrong; the first one is named
    static ChatRequest read(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        String model = body.requiredText("model");
        long characters = ChatMessages.characters(body.get("messages"));
        int maxOutputTokens = maxOutputTokens(body);
        int minTokens = body.wholeNumber("min_tokens", 0).orElse(0);
        if (minTokens > maxOutputTokens) {
            throw new BadRequest(ApiError.about(
                    "min_tokens", "min_tokens is " + minTokens + ", above max_tokens, which is " + maxOutputTokens));
        }
        body.flag("ignore_eos");
        return new ChatRequest(
                RequestIds.of(call),
                model,
                Math.max(1, TextTokens.estimate(characters)),
                maxOutputTokens,
                delivery(body),
                HintHeaders.read(call));
    }

    private static int maxOutputTokens(JsonBody body) throws BadRequest {
        Optional<Integer> newName = body.wholeNumber("max_completion_tokens", 1);
        Optional<Integer> oldName = body.wholeNumber("max_tokens", 1);
        return newName.or(() -> oldName).orElse(ChatRequest.DEFAULT_MAX_OUTPUT_TOKENS);
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
}
