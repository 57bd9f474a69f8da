package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.server.metrics.FinishReason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// Writes the vectors of one request when all its texts are done.
final class EmbeddingAnswer implements Answering {
    private final String model;
    private final int texts;
    private final IntFunction<float[]> vectors;
    private final boolean base64;
    private final Response response;
    private final Map<String, String> headers;
    private final Map<Integer, float[]> computed = new HashMap<>();
    private int finished;
    private long promptTokens;

    /// @param texts   how many
    /// @param vectors gives that of each that no engine computes, from 0 on
    /// @param base64  whether vectors are written as little-endian floats in base 64 rather than as numbers
    /// @param headers of the response, whatever it is
    EmbeddingAnswer(
            String model,
            int texts,
            IntFunction<float[]> vectors,
            boolean base64,
            Response response,
            Map<String, String> headers) {
        this.model = model;
        this.texts = texts;
        this.vectors = vectors;
        this.base64 = base64;
        this.response = response;
        this.headers = headers;
    }

    @Override
    public boolean isStreamed() {
        return false;
    }

    @Override
    public void tokens(int job, int count) {}

    @Override
    public void embedded(int job, float[] vector) {
        computed.put(job, vector);
    }

    @Override
    public void finished(int job, EngineResult result, FinishReason reason) {
        finished++;
        promptTokens += result.promptTokens();
        if (finished == texts && !response.isOver()) {
            reply(Reply.json(200, TextVectors.json(model, texts, this::vector, base64, promptTokens)));
        }
    }

    private float[] vector(int text) {
        float[] known = computed.get(text);
        return known == null ? vectors.apply(text) : known;
    }

    @Override
    public void failed(EngineFailure failure) {
        switch (failure.kind()) {
            case ERROR -> refused(ApiError.of(failure));
            case RESET -> response.reset();
            case CUT_SHORT -> {
                var all = new LinkedHashMap<>(headers);
                all.put(Reply.CONTENT_TYPE, Reply.JSON_TYPE);
                response.begin(200, all);
                response.write(Unpooled.wrappedBuffer("{\"object\":\"list\",\"data\":[".getBytes(UTF_8)));
                response.cutShort();
            }
        }
    }

    @Override
    public void refused(ApiError error) {
        reply(error.toReply());
    }

    private void reply(Reply reply) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(reply.headers());
        response.reply(new Reply(reply.status(), all, reply.body()));
    }
}
