package io.sagebench.inference;

import java.nio.FloatBuffer;
import tools.jackson.databind.JsonNode;

/// How the vectors of a text's tokens become its embedding, as Sentence Transformers say it.
///
/// @param kind       which vectors count
/// @param normalised whether the embedding gets length 1
record Pooling(Kind kind, boolean normalised) {
    /// Which vectors count.
    enum Kind {
        /// All, equally.
        MEAN,
        /// The first.
        CLS,
        /// Of each number, the greatest.
        MAX,
        /// The last.
        LAST
    }

    /// @param pooling `1_Pooling/config.json`, perhaps empty
    /// @param modules `modules.json`, perhaps empty
    static Pooling read(JsonNode pooling, JsonNode modules) {
        boolean normalised = false;
        for (JsonNode module : modules) {
            normalised |= module.path("type").asString("").endsWith(".Normalize");
        }
        return new Pooling(kind(pooling), normalised);
    }

    private static Kind kind(JsonNode pooling) {
        if (pooling.path("pooling_mode_cls_token").asBoolean(false)) {
            return Kind.CLS;
        }
        if (pooling.path("pooling_mode_max_tokens").asBoolean(false)) {
            return Kind.MAX;
        }
        return pooling.path("pooling_mode_lasttoken").asBoolean(false) ? Kind.LAST : Kind.MEAN;
    }

    /// @param vectors of the tokens of several texts
    /// @param begin   where those of this text begin
    /// @param tokens  how many it has
    /// @param size    of a vector
    float[] embed(FloatBuffer vectors, int begin, int tokens, int size) {
        var sum = new double[size];
        int first = kind == Kind.LAST ? tokens - 1 : 0;
        int last = kind == Kind.CLS ? 0 : tokens - 1;
        for (int token = first; token <= last; token++) {
            for (int i = 0; i < size; i++) {
                double number = vectors.get(begin + token * size + i);
                sum[i] = kind == Kind.MAX && token > first ? Math.max(sum[i], number) : sum[i] + number;
            }
        }
        return scaled(sum, 1.0 / (kind == Kind.MEAN ? tokens : 1));
    }

    /// An embedding that the graph has pooled itself.
    float[] finish(FloatBuffer embeddings, int begin, int size) {
        return embed(embeddings, begin, 1, size);
    }

    private float[] scaled(double[] sum, double by) {
        double squares = 0;
        for (double number : sum) {
            squares += number * by * number * by;
        }
        double factor = normalised && squares > 0 ? by / Math.sqrt(squares) : by;
        var embedding = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            embedding[i] = (float) (sum[i] * factor);
        }
        return embedding;
    }
}
