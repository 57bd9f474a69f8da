package io.sagebench.inference.tiny;

import static io.sagebench.inference.tiny.PlainNumbers.attend;
import static io.sagebench.inference.tiny.PlainNumbers.gelu;
import static io.sagebench.inference.tiny.PlainNumbers.linear;
import static io.sagebench.inference.tiny.PlainNumbers.norm;
import static io.sagebench.inference.tiny.PlainNumbers.row;
import static io.sagebench.inference.tiny.PlainNumbers.sum;
import static java.util.Objects.requireNonNull;

import java.util.Map;

/// BERT in plain Java: one text, no padding, no runtime.
public final class PlainEncoder {
    private final TinyShape shape = TinyShape.ENCODER;
    private final Map<String, float[]> weights = TinyModels.encoderWeights(shape);

    /// The vector of each token.
    public double[][] vectors(int... tokens) {
        int hidden = shape.hidden();
        var x = new double[tokens.length][];
        for (int at = 0; at < x.length; at++) {
            double[] word = sum(row(weight("word"), tokens[at], hidden), row(weight("type"), 0, hidden));
            x[at] = normed(sum(word, row(weight("position"), at, hidden)), "norm");
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            x = block(x, "layer." + layer + ".");
        }
        return x;
    }

    /// Their mean, of length 1.
    public double[] embedding(int... tokens) {
        double[][] vectors = vectors(tokens);
        var mean = new double[shape.hidden()];
        double squares = 0;
        for (int i = 0; i < mean.length; i++) {
            for (double[] vector : vectors) {
                mean[i] += vector[i] / vectors.length;
            }
            squares += mean[i] * mean[i];
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= Math.sqrt(squares);
        }
        return mean;
    }

    private double[][] block(double[][] x, String at) {
        var keys = new double[x.length][];
        var values = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            keys[i] = layer(x[i], at + "key");
            values[i] = layer(x[i], at + "value");
        }
        var y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double[] seen = layer(attend(layer(x[i], at + "query"), keys, values, shape.headSize()), at + "output");
            double[] attended = normed(sum(x[i], seen), at + "output.norm");
            y[i] = normed(sum(attended, layer(gelu(layer(attended, at + "up")), at + "down")), at + "down.norm");
        }
        return y;
    }

    private double[] normed(double[] x, String at) {
        return norm(x, weight(at + ".weight"), weight(at + ".bias"), TinyEncoder.EPSILON);
    }

    private double[] layer(double[] x, String at) {
        return linear(x, weight(at + ".weight"), weight(at + ".bias"));
    }

    private float[] weight(String name) {
        return requireNonNull(weights.get(name), name);
    }
}
