package io.sagebench.live.server;

import io.sagebench.live.server.ChatRequest.Delivery;
import io.sagebench.request.RequestId;
import io.sagebench.request.TextTokens;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// Reads an OpenAI chat request. Fields it does not know are allowed, since servers differ in what they take; those it knows must be right.
final class ChatRequestReader {
    private static final ObjectReader READER =
            Json.MAPPER.reader().without(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);

    private static final String ID_HEADER = "X-Request-ID";
    private static final int MOST_TOKENS = 100_000_000; // far above any model, and sums of a few of it still fit into an int
    private static final int MAX_ID_CHARACTERS = 256; // each event of the answer repeats it

    private ChatRequestReader() {}

    /// What the request asks for.
    ///
    /// @throws BadRequest when a field or header is missing or wrong; the first one is named
    static ChatRequest read(HttpCall call) throws BadRequest {
        JsonNode root = parse(call.body());
        if (!root.isObject()) {
            throw new BadRequest(ApiError.of(400, "invalid_json", "the request body must be a JSON object"));
        }
        String model = requiredText(root, "model");
        long characters = ChatMessages.characters(root.get("messages"));
        int maxOutputTokens = maxOutputTokens(root);
        int minTokens = wholeNumber(root, "min_tokens", 0).orElse(0);
        if (minTokens > maxOutputTokens) {
            throw new BadRequest(ApiError.about(
                    "min_tokens", "min_tokens is " + minTokens + ", above max_tokens, which is " + maxOutputTokens));
        }
        flag(root, "ignore_eos", "ignore_eos");
        return new ChatRequest(
                id(call),
                model,
                Math.max(1, TextTokens.estimate(characters)),
                maxOutputTokens,
                delivery(root),
                HintHeaders.read(call));
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

    private static int maxOutputTokens(JsonNode root) throws BadRequest {
        Optional<Integer> newName = wholeNumber(root, "max_completion_tokens", 1);
        Optional<Integer> oldName = wholeNumber(root, "max_tokens", 1);
        return newName.or(() -> oldName).orElse(ChatRequest.DEFAULT_MAX_OUTPUT_TOKENS);
    }

    private static Delivery delivery(JsonNode root) throws BadRequest {
        boolean includeUsage = false;
        JsonNode options = root.get("stream_options");
        if (isPresent(options)) {
            if (!options.isObject()) {
                throw new BadRequest(ApiError.about("stream_options", "stream_options must be an object"));
            }
            includeUsage = flag(options, "include_usage", "stream_options.include_usage");
        }
        if (!flag(root, "stream", "stream")) {
            return Delivery.WHOLE;
        }
        return includeUsage ? Delivery.STREAM_WITH_USAGE : Delivery.STREAM;
    }

    private static String requiredText(JsonNode parent, String name) throws BadRequest {
        JsonNode value = parent.get(name);
        if (value == null || !value.isString() || value.stringValue().isBlank()) {
            throw new BadRequest(ApiError.about(name, name + " is required and must be a string that is not blank"));
        }
        return value.stringValue();
    }

    private static Optional<Integer> wholeNumber(JsonNode parent, String name, int least) throws BadRequest {
        JsonNode value = parent.get(name);
        if (!isPresent(value)) {
            return Optional.empty();
        }
        boolean isWhole = value.isIntegralNumber() && value.canConvertToInt();
        if (!isWhole || value.intValue() < least || value.intValue() > MOST_TOKENS) {
            throw new BadRequest(ApiError.about(
                    name,
                    name + " must be a whole number from " + least + " to " + MOST_TOKENS + ", but is "
                            + shortened(value)));
        }
        return Optional.of(value.intValue());
    }

    private static boolean flag(JsonNode parent, String name, String path) throws BadRequest {
        JsonNode value = parent.get(name);
        if (!isPresent(value)) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new BadRequest(
                    ApiError.about(path, path + " must be true or false, but is " + shortened(value)));
        }
        return value.booleanValue();
    }

    private static boolean isPresent(@Nullable JsonNode value) {
        return value != null && !value.isNull();
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private static RequestId id(HttpCall call) throws BadRequest {
        Optional<String> given = call.header(ID_HEADER);
        if (given.isPresent() && given.get().length() > MAX_ID_CHARACTERS) {
            throw new BadRequest(ApiError.about(
                    ID_HEADER, "header " + ID_HEADER + " must have at most " + MAX_ID_CHARACTERS + " characters"));
        }
        return new RequestId(given.orElseGet(() ->
                "req-" + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE)));
    }
}
