package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sagebench.random.Mix;
import io.sagebench.random.Seed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/// Vectors that stand for embeddings: unit vectors that follow from a seed and the text. Safe for use by any thread.
final class TextVectors {
    private final Seed seed;

    /// @param seed of all that is made up
    TextVectors(Seed seed) {
        this.seed = seed.child("embeddings");
    }

    /// The vector of a text, of length 1.
    float[] of(String text, int dimensions) {
        SplittableRandom chance = seed.child(Mix.of(text)).generator();
        var drawn = new double[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            drawn[i] = chance.nextGaussian();
            squares += drawn[i] * drawn[i];
        }
        var vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (drawn[i] / Math.sqrt(squares));
        }
        return vector;
    }

    /// The body of an answer with vectors.
    ///
    /// @param count   how many
    /// @param vectors gives each, from 0 on
    /// @param base64  whether they are written as little-endian floats in base 64 rather than as numbers
    static byte[] json(String model, int count, IntFunction<float[]> vectors, boolean base64, long promptTokens) {
        var json = new StringBuilder("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":");
            append(json, vectors.apply(i), base64);
            json.append('}');
        }
        return json.append("],\"model\":")
                .append(Json.quoted(model))
                .append(",\"usage\":{\"prompt_tokens\":")
                .append(promptTokens)
                .append(",\"total_tokens\":")
                .append(promptTokens)
                .append("}}")
                .toString()
                .getBytes(UTF_8);
    }

    private static void append(StringBuilder json, float[] vector, boolean base64) {
        if (base64) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            json.append('"').append(Base64.getEncoder().encodeToString(bytes.array())).append('"');
            return;
        }
        json.append('[');
        for (int i = 0; i < vector.length; i++) {
            json.append(i == 0 ? "" : ",").append(vector[i]);
        }
        json.append(']');
    }
}
