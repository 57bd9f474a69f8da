package io.sagebench.live.server;

import io.sagebench.live.server.GenerationRequest.Delivery;
import io.sagebench.live.server.GenerationRequest.Length;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads requests for answers as vLLM takes them.
final class GenerationReader {
    private static final int MOST_CHOICES = 128;
    private static final int COMPLETION_TOKENS = 16; // OpenAI's default, and vLLM's

    private GenerationReader() {}

    /// The body of `POST /v1/chat/completions`.
    ///
    /// @throws BadRequest when a field or header is missing or wrong; the first one is named
    static GenerationRequest chat(HttpCall call, JsonBody body, Prompts prompts) throws BadRequest {
        String model = body.modelOrAny();
        Prompt prompt = prompts.chat(body.get("messages"));
        Optional<Integer> maxTokens = body.wholeNumber("max_completion_tokens", 1);
        Optional<Integer> oldName = body.wholeNumber("max_tokens", 1);
        return read(call, body, model, List.of(prompt), maxTokens.or(() -> oldName), false);
    }

    /// The body of `POST /v1/completions`.
    ///
    /// @throws BadRequest when a field or header is missing or wrong; the first one is named
    static GenerationRequest completion(HttpCall call, JsonBody body, Prompts prompts) throws BadRequest {
        String model = body.modelOrAny();
        List<Prompt> given = Inputs.read(body.get("prompt"), "prompt", prompts);
        int maxTokens = body.wholeNumber("max_tokens", 1).orElse(COMPLETION_TOKENS);
        return read(call, body, model, given, Optional.of(maxTokens), body.flag("echo"));
    }

    private static GenerationRequest read(
            HttpCall call,
            JsonBody body,
            String model,
            List<Prompt> prompts,
            Optional<Integer> maxTokens,
            boolean echo)
            throws BadRequest {
        int minTokens = body.wholeNumber("min_tokens", 0).orElse(0);
        if (maxTokens.isPresent() && minTokens > maxTokens.get()) {
            throw new BadRequest(ApiError.about(
                    "min_tokens", "min_tokens is " + minTokens + ", above max_tokens, which is " + maxTokens.get()));
        }
        List<String> stops = stops(body.get("stop"));
        int choices = body.wholeNumber("n", 1, MOST_CHOICES).orElse(1);
        if (choices * prompts.size() > Inputs.MOST) {
            throw new BadRequest(ApiError.about(
                    "n", "n answers to each of " + prompts.size() + " prompts must be at most " + Inputs.MOST + ", but n is " + choices));
        }
        var length = new Length(
                maxTokens.map(OptionalInt::of).orElse(OptionalInt.empty()), minTokens, body.flag("ignore_eos"));
        return new GenerationRequest(
                RequestIds.of(call),
                model,
                HintHeaders.priority(call),
                prompts,
                choices,
                length,
                stops,
                echo,
                isPrefilledElsewhere(body),
                delivery(body));
    }

    private static boolean isPrefilledElsewhere(JsonBody body) throws BadRequest {
        JsonNode transfer = body.get("kv_transfer_params");
        return transfer == null
                ? body.flag("do_remote_prefill")
                : JsonBody.flag(transfer, "do_remote_prefill", "kv_transfer_params.do_remote_prefill");
    }

    private static Delivery delivery(JsonBody body) throws BadRequest {
        boolean streamed = body.flag("stream");
        JsonNode options = body.get("stream_options");
        if (options == null) {
            return new Delivery(streamed, false, false);
        }
        if (!options.isObject()) {
            throw new BadRequest(ApiError.about("stream_options", "stream_options must be an object"));
        }
        boolean usage = JsonBody.flag(options, "include_usage", "stream_options.include_usage");
        boolean continuous = JsonBody.flag(options, "continuous_usage_stats", "stream_options.continuous_usage_stats");
        if (!streamed) {
            throw new BadRequest(ApiError.about("stream_options", "stream_options can only be given with \"stream\": true"));
        }
        return new Delivery(true, usage, usage && continuous);
    }

    private static List<String> stops(@Nullable JsonNode stop) throws BadRequest {
        if (stop == null) {
            return List.of();
        }
        if (stop.isString()) {
            return List.of(stop.stringValue());
        }
        boolean isRight = stop.isArray();
        var stops = new ArrayList<String>();
        for (JsonNode each : stop) {
            isRight &= each.isString();
            if (each.isString()) {
                stops.add(each.stringValue());
            }
        }
        if (!isRight) {
            throw new BadRequest(ApiError.about(
                    "stop", "stop must be a string or a list of strings, but is " + JsonBody.shortened(stop)));
        }
        return stops;
    }
}
