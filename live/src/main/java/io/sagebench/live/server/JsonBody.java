package io.sagebench.live.server;

import io.sagebench.engine.ServedModels;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// The JSON object that a request carries. Fields nobody asks for are allowed, since servers differ in what they take; those asked for must be
/// right, and `null` is as good as absent.
///
/// @param root an object
record JsonBody(JsonNode root) {
    /// Far above any model, and sums of a few of it still fit into an int.
    static final int MOST_TOKENS = 100_000_000;

    private static final ObjectReader READER =
            Json.MAPPER.reader().without(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);

    /// The body of a request.
    ///
    /// @throws BadRequest when it is not a JSON object
    static JsonBody of(HttpCall call) throws BadRequest {
        if (isWide(call.body())) {
            throw new BadRequest(ApiError.of(400, "invalid_json", "the request body must be JSON in UTF-8"));
        }
        JsonNode root = parse(call.body());
        if (!root.isObject()) {
            throw new BadRequest(ApiError.of(400, "invalid_json", "the request body must be a JSON object"));
        }
        return new JsonBody(root);
    }

    /// A field, unless it is absent or null.
    @Nullable JsonNode get(String name) {
        JsonNode value = root.get(name);
        return isPresent(value) ? value : null;
    }

    /// The model asked for; any where none is named, as vLLM has it.
    String modelOrAny() throws BadRequest {
        return isPresent(root.get("model")) ? requiredText("model") : ServedModels.ANY;
    }

    /// A field that must be there and be text.
    String requiredText(String name) throws BadRequest {
        JsonNode value = root.get(name);
        if (value == null || !value.isString() || value.stringValue().isBlank()) {
            throw new BadRequest(ApiError.about(name, name + " is required and must be a string that is not blank"));
        }
        return value.stringValue();
    }

    /// A field that is a whole number from `least` on, up to [#MOST_TOKENS].
    Optional<Integer> wholeNumber(String name, int least) throws BadRequest {
        return wholeNumber(name, least, MOST_TOKENS);
    }

    /// A field that is a whole number from `least` to `most`.
    Optional<Integer> wholeNumber(String name, int least, int most) throws BadRequest {
        JsonNode value = root.get(name);
        if (!isPresent(value)) {
            return Optional.empty();
        }
        boolean isWhole = value.isIntegralNumber() && value.canConvertToInt();
        if (!isWhole || value.intValue() < least || value.intValue() > most) {
            throw new BadRequest(ApiError.about(
                    name, name + " must be a whole number from " + least + " to " + most + ", but is " + shortened(value)));
        }
        return Optional.of(value.intValue());
    }

    /// A field that is true or false; false when absent.
    boolean flag(String name) throws BadRequest {
        return flag(root, name, name);
    }

    /// The same of an object within the body.
    ///
    /// @param path tells people where the field is
    static boolean flag(JsonNode parent, String name, String path) throws BadRequest {
        JsonNode value = parent.get(name);
        if (!isPresent(value)) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new BadRequest(ApiError.about(path, path + " must be true or false, but is " + shortened(value)));
        }
        return value.booleanValue();
    }

    /// A value as people are told of it.
    static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private static boolean isPresent(@Nullable JsonNode value) {
        return value != null && !value.isNull();
    }

    /// Whether it is text in UTF-16 or UTF-32, which the parser would take, and engines would not.
    private static boolean isWide(byte[] body) {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode parse(byte[] body) throws BadRequest {
        try {
            return READER.readTree(body);
        } catch (JacksonException malformed) {
            var where = malformed.getLocation();
            throw new BadRequest(ApiError.of(
                    400,
                    "invalid_json",
                    "the request body is not JSON: " + malformed.getOriginalMessage().replaceAll("\\s*\\(start marker at .*", "")
                            + (where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")")));
        }
    }
}
