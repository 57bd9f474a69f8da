package io.sagebench.live.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a field that holds one or several texts: a string, a list of strings, a list of token ids, or a list of such lists.
final class Inputs {
    /// The most texts of one request.
    static final int MOST = 2_048;

    private Inputs() {}

    /// The texts, at least one.
    ///
    /// @throws BadRequest when it is none of these
    static List<Prompt> read(@Nullable JsonNode value, String name, Prompts prompts) throws BadRequest {
        if (value == null) {
            throw wrong(name, "is required");
        }
        if (value.isString()) {
            return List.of(prompts.text(value.stringValue()));
        }
        if (!value.isArray() || value.isEmpty()) {
            throw wrong(
                    name,
                    "must be a string, a list of strings, a list of token ids, or a list of lists of token ids, not empty");
        }
        if (value.get(0).isNumber()) {
            return List.of(prompts.tokens(tokens(value, name), name));
        }
        if (value.size() > MOST) {
            throw wrong(name, "must have at most " + MOST + " texts, but has " + value.size());
        }
        var read = new ArrayList<Prompt>(value.size());
        for (int i = 0; i < value.size(); i++) {
            read.add(one(value.get(i), name + "[" + i + "]", prompts));
        }
        return read;
    }

    /// The same for what is to be embedded: of no text there is no vector, so none may be empty.
    ///
    /// @throws BadRequest when it is none of these, or a text is empty
    static List<Prompt> readToEmbed(@Nullable JsonNode value, String name, Prompts prompts) throws BadRequest {
        List<Prompt> texts = read(value, name, prompts);
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).text().isEmpty()) {
                boolean alone = value != null && value.isString();
                throw wrong(alone ? name : name + "[" + i + "]", "must not be an empty string");
            }
        }
        return texts;
    }

    private static Prompt one(JsonNode value, String path, Prompts prompts) throws BadRequest {
        return value.isString() ? prompts.text(value.stringValue()) : prompts.tokens(tokens(value, path), path);
    }

    /// A list of token ids.
    ///
    /// @throws BadRequest when it is none, or is empty
    static int[] tokens(JsonNode value, String path) throws BadRequest {
        if (!value.isArray() || value.isEmpty()) {
            throw wrong(path, "must be a string or a list of token ids, not empty, but is " + JsonBody.shortened(value));
        }
        var tokens = new int[value.size()];
        for (int i = 0; i < tokens.length; i++) {
            JsonNode token = value.get(i);
            if (!token.isIntegralNumber() || !token.canConvertToInt() || token.intValue() < 0) {
                throw wrong(
                        path + "[" + i + "]", "must be a token id, 0 or above, but is " + JsonBody.shortened(token));
            }
            tokens[i] = token.intValue();
        }
        return tokens;
    }

    private static BadRequest wrong(String path, String problem) {
        return new BadRequest(ApiError.about(path, path + " " + problem));
    }
}
