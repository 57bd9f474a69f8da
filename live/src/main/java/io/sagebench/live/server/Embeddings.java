package io.sagebench.live.server;

import io.sagebench.request.RequestId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the requests for embeddings that a mock engine gets, and makes the vectors: unit vectors that follow from the seed and the text. Safe for
/// use by any thread.
final class Embeddings {
    /// Far above any model.
    static final int MOST_DIMENSIONS = 16_384;

    private final MockEngineOptions options;
    private final AnswerLengths lengths;
    private final TextVectors vectors;

    Embeddings(MockEngineOptions options, AnswerLengths lengths) {
        this.options = options;
        this.lengths = lengths;
        this.vectors = new TextVectors(options.seed());
    }

    /// `POST /v1/embeddings`.
    Inference read(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        String model = body.modelOrAny();
        List<PlannedJob> jobs = lengths.planEmbeddings(Inputs.readToEmbed(body.get("input"), "input", Prompts.ESTIMATED));
        boolean isBase64 = isBase64(body.get("encoding_format"));
        int dimensions =
                body.wholeNumber("dimensions", 1, MOST_DIMENSIONS).orElse(options.embeddingDimensions());
        RequestId id = RequestIds.of(call);
        Map<String, String> headers = options.requestIdHeaders() ? Map.of(RequestIds.HEADER, id.value()) : Map.of();
        var answer = new EmbeddingAnswer(
                model,
                jobs.size(),
                job -> vector(jobs.get(job).prompt().text(), dimensions),
                isBase64,
                call.response(),
                headers);
        return new Inference(id, model, HintHeaders.priority(call), 1, false, jobs, answer);
    }

    /// The vector of a text, of length 1.
    float[] vector(String text, int dimensions) {
        return vectors.of(text, dimensions);
    }

    /// Reads `encoding_format`.
    ///
    /// @throws BadRequest when it is neither `float` nor `base64`
    static boolean isBase64(@Nullable JsonNode format) throws BadRequest {
        if (format == null) {
            return false;
        }
        String text = format.isString() ? format.stringValue() : format.toString();
        return switch (text) {
            case "float" -> false;
            case "base64" -> true;
            default ->
                throw new BadRequest(ApiError.about(
                        "encoding_format", "encoding_format must be 'float' or 'base64', but is " + JsonBody.shortened(format)));
        };
    }
}
