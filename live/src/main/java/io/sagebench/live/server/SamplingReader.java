package io.sagebench.live.server;

import io.sagebench.engine.Sampling;
import io.sagebench.live.server.GenerationRequest.Length;
import io.sagebench.random.Mix;
import io.sagebench.request.RequestId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads how an answer's tokens are to be picked, with vLLM's defaults. What cannot be done is refused rather than left out, since the answer would be
/// another one.
final class SamplingReader {
    private static final double HOTTEST = 1_000;
    /// Fields that other engines know, with the number that says what leaving them out says. Any other value is refused, but for `false` and an empty
    /// list or object.
    private static final Map<String, Double> UNKNOWN = unknown();

    private final JsonBody body;

    private SamplingReader(JsonBody body) {
        this.body = body;
    }

    /// What a request says of it.
    ///
    /// @param answer which of the request's answers, from 0 on: each has chance of its own
    /// @throws BadRequest when a field is wrong, or asks for what is not done here
    static Sampling read(JsonBody body, RequestId id, Length length, int answer) throws BadRequest {
        return new SamplingReader(body).read(id, length, answer);
    }

    private Sampling read(RequestId id, Length length, int answer) throws BadRequest {
        refuseUnknown();
        boolean isFull = length.maxTokens().isPresent() && length.minTokens() == length.maxTokens().getAsInt();
        if (length.minTokens() > 1 && !isFull && !length.ignoreEos()) {
            throw unsupported("min_tokens", "min_tokens below max_tokens");
        }
        double temperature = number("temperature", 0, HOTTEST).orElse(1.0);
        double topP = number("top_p", Double.MIN_VALUE, 1).orElse(1.0);
        int topK = body.wholeNumber("top_k", -1).orElse(0);
        double penalty = number("repetition_penalty", Double.MIN_VALUE, HOTTEST).orElse(1.0);
        long seed = seed(body.get("seed")).orElseGet(() -> Mix.of(id.value()));
        return new Sampling(
                temperature,
                topP,
                Math.max(0, topK),
                penalty,
                answer == 0 ? seed : Mix.of(seed, answer),
                length.ignoreEos() || isFull);
    }

    private void refuseUnknown() throws BadRequest {
        for (Map.Entry<String, Double> field : UNKNOWN.entrySet()) {
            JsonNode value = body.get(field.getKey());
            if (value != null && !saysNothing(value, field.getValue())) {
                throw unsupported(field.getKey(), field.getKey());
            }
        }
        JsonNode format = body.get("response_format");
        if (format != null && !format.path("type").stringValue("").equals("text")) {
            throw unsupported("response_format", "response_format other than text");
        }
    }

    private static boolean saysNothing(JsonNode value, double usual) {
        if (value.isNumber()) {
            return value.doubleValue() == usual;
        }
        return value.isBoolean() ? !value.booleanValue() : value.isContainer() && value.isEmpty();
    }

    private Optional<Double> number(String name, double least, double most) throws BadRequest {
        JsonNode value = body.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            String range = least > 0 ? "above 0 and at most " : "from 0 to ";
            throw new BadRequest(ApiError.about(
                    name, name + " must be a number " + range + (long) most + ", but is " + JsonBody.shortened(value)));
        }
        return Optional.of(value.doubleValue());
    }

    private static Optional<Long> seed(@Nullable JsonNode value) throws BadRequest {
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new BadRequest(ApiError.about("seed", "seed must be a whole number, but is " + JsonBody.shortened(value)));
        }
        return Optional.of(value.longValue());
    }

    private static BadRequest unsupported(String param, String what) {
        return new BadRequest(ApiError.about(
                param,
                "this engine does not do " + what + "; it does temperature, top_p, top_k, repetition_penalty, seed, stop, "
                        + "ignore_eos and max_tokens"));
    }

    private static Map<String, Double> unknown() {
        var fields = new LinkedHashMap<String, Double>();
        for (String penalty : List.of("presence_penalty", "frequency_penalty", "min_p", "logprobs", "top_logprobs", "prompt_logprobs")) {
            fields.put(penalty, 0.0);
        }
        for (String search : List.of("best_of", "length_penalty", "use_beam_search")) {
            fields.put(search, 1.0);
        }
        for (String other : List.of("logit_bias", "bad_words", "stop_token_ids", "allowed_token_ids", "tools", "functions", "suffix",
                "structured_outputs", "guided_json", "guided_regex", "guided_choice", "guided_grammar")) {
            fields.put(other, Double.NaN);
        }
        return fields;
    }
}
