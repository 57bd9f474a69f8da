package io.sagebench.live.server;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.PromptContent;
import io.sagebench.request.TextTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A mock engine's `POST /tokenize`, as vLLM answers it: a token for every four characters, numbered by what they say.
final class MadeUpTokens {
    private static final int VOCABULARY = 128_000;

    private final EngineDescription engine;

    MadeUpTokens(EngineDescription engine) {
        this.engine = engine;
    }

    /// The answer.
    ///
    /// @throws BadRequest when there is no text
    Reply tokenize(JsonBody body) throws BadRequest {
        Prompt prompt;
        JsonNode text = body.get("prompt");
        if (text == null) {
            prompt = ChatMessages.prompt(body.get("messages"));
        } else if (text.isString()) {
            prompt = Prompt.of(text.stringValue());
        } else {
            throw new BadRequest(
                    ApiError.about("prompt", "prompt must be a string, but is " + JsonBody.shortened(text)));
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("count", prompt.tokens());
        answer.put("max_model_len", engine.contextTokens().isPresent() ? engine.contextTokens().getAsInt() : null);
        answer.put("tokens", tokens(prompt));
        answer.put("token_strs", body.flag("return_token_strs") ? strings(prompt.text()) : null);
        return Reply.ok(answer);
    }

    private static List<Long> tokens(Prompt prompt) {
        var tokens = new ArrayList<Long>(prompt.tokens());
        PromptContent content = prompt.content();
        for (int i = 0; i < prompt.tokens(); i++) {
            tokens.add(Long.remainderUnsigned(content.digest(i, i + 1), VOCABULARY));
        }
        return tokens;
    }

    private static List<String> strings(String text) {
        var strings = new ArrayList<String>();
        for (int from = 0; from < text.length(); from += TextTokens.CHARACTERS_PER_TOKEN) {
            strings.add(text.substring(from, Math.min(from + TextTokens.CHARACTERS_PER_TOKEN, text.length())));
        }
        return strings;
    }
}
