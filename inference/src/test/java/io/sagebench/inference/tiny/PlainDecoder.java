package io.sagebench.inference.tiny;

import static io.sagebench.inference.tiny.PlainNumbers.attend;
import static io.sagebench.inference.tiny.PlainNumbers.geluOfGpt2;
import static io.sagebench.inference.tiny.PlainNumbers.linear;
import static io.sagebench.inference.tiny.PlainNumbers.norm;
import static io.sagebench.inference.tiny.PlainNumbers.row;
import static io.sagebench.inference.tiny.PlainNumbers.sum;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// GPT-2 in plain Java: the whole text at once, no cache, no runtime.
public final class PlainDecoder {
    private final TinyShape shape;
    private final Map<String, float[]> weights;

    private PlainDecoder(TinyShape shape) {
        this.shape = shape;
        this.weights = TinyModels.decoderWeights(shape);
    }

    /// The language model that ships.
    public static PlainDecoder shipped() {
        return new PlainDecoder(TinyShape.DECODER);
    }

    /// One of another shape.
    public static PlainDecoder of(TinyShape shape) {
        return new PlainDecoder(shape);
    }

    /// The logits of the token after each.
    public double[][] logits(int... tokens) {
        int hidden = shape.hidden();
        var x = new double[tokens.length][];
        for (int at = 0; at < x.length; at++) {
            x[at] = sum(row(weight("wte"), tokens[at], hidden), row(weight("wpe"), at, hidden));
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            x = block(x, "h." + layer + ".");
        }
        var logits = new double[x.length][];
        for (int at = 0; at < x.length; at++) {
            logits[at] = linear(normed(x[at], "ln_f"), weight("lm_head"), new float[TinyModels.VOCABULARY]);
        }
        return logits;
    }

    /// The likeliest token at each place of an answer, given the prompt and what stands before it in the answer. An answer that always took the
    /// likeliest token is equal to it.
    public List<Integer> likeliest(int[] prompt, List<Integer> answer) {
        int[] all = IntStream.concat(Arrays.stream(prompt), answer.stream().mapToInt(token -> token)).toArray();
        double[][] logits = logits(all);
        return IntStream.range(prompt.length, all.length).mapToObj(at -> greatest(logits[at - 1])).toList();
    }

    private static int greatest(double[] logits) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            best = logits[token] > logits[best] ? token : best;
        }
        return best;
    }

    private double[][] block(double[][] x, String at) {
        int hidden = shape.hidden();
        int keySize = shape.kvHeads() * shape.headSize();
        var queries = new double[x.length][];
        var keys = new double[x.length][];
        var values = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double[] projected = layer(normed(x[i], at + "ln_1"), at + "attn.c_attn");
            queries[i] = Arrays.copyOfRange(projected, 0, hidden);
            keys[i] = Arrays.copyOfRange(projected, hidden, hidden + keySize);
            values[i] = Arrays.copyOfRange(projected, hidden + keySize, hidden + 2 * keySize);
        }
        var y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double[] seen = attend(queries[i], Arrays.copyOf(keys, i + 1), Arrays.copyOf(values, i + 1), shape.headSize());
            double[] attended = sum(x[i], layer(seen, at + "attn.c_proj"));
            double[] inner = geluOfGpt2(layer(normed(attended, at + "ln_2"), at + "mlp.c_fc"));
            y[i] = sum(attended, layer(inner, at + "mlp.c_proj"));
        }
        return y;
    }

    private double[] normed(double[] x, String at) {
        return norm(x, weight(at + ".weight"), weight(at + ".bias"), TinyDecoder.EPSILON);
    }

    private double[] layer(double[] x, String at) {
        return linear(x, weight(at + ".weight"), weight(at + ".bias"));
    }

    private float[] weight(String name) {
        return requireNonNull(weights.get(name), name);
    }
}
