package io.sagebench.inference.tiny;

/// The few operations that the tiny models are made of, in plain Java and double precision.
final class PlainNumbers {
    private PlainNumbers() {}

    /// `x * matrix + bias`, the matrix by rows.
    static double[] linear(double[] x, float[] matrix, float[] bias) {
        var y = new double[bias.length];
        for (int out = 0; out < y.length; out++) {
            y[out] = bias[out];
            for (int in = 0; in < x.length; in++) {
                y[out] += x[in] * matrix[in * y.length + out];
            }
        }
        return y;
    }

    static double[] norm(double[] x, float[] weight, float[] bias, double epsilon) {
        double mean = 0;
        double squares = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        for (double value : x) {
            squares += (value - mean) * (value - mean) / x.length;
        }
        var y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(squares + epsilon) * weight[i] + bias[i];
        }
        return y;
    }

    static double[] sum(double[] x, double[] y) {
        var sum = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sum[i] = x[i] + y[i];
        }
        return sum;
    }

    static double[] row(float[] table, int row, int size) {
        var values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = table[row * size + i];
        }
        return values;
    }

    /// What each head of one query sees.
    ///
    /// @param query    of all heads, one after another
    /// @param keys     of each position it may see: of all key heads, one after another
    /// @param headSize numbers per head
    static double[] attend(double[] query, double[][] keys, double[][] values, int headSize) {
        int heads = query.length / headSize;
        int sharing = query.length / keys[0].length;
        var seen = new double[query.length];
        for (int head = 0; head < heads; head++) {
            int own = head * headSize;
            int shared = head / sharing * headSize;
            var weights = new double[keys.length];
            double total = 0;
            for (int at = 0; at < keys.length; at++) {
                double score = 0;
                for (int i = 0; i < headSize; i++) {
                    score += query[own + i] * keys[at][shared + i];
                }
                weights[at] = Math.exp(score / Math.sqrt(headSize));
                total += weights[at];
            }
            for (int at = 0; at < keys.length; at++) {
                for (int i = 0; i < headSize; i++) {
                    seen[own + i] += weights[at] / total * values[at][shared + i];
                }
            }
        }
        return seen;
    }

    /// GELU by its approximation with tanh, as GPT-2 has it.
    static double[] geluOfGpt2(double[] x) {
        var y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = 0.5 * x[i] * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x[i] + 0.044715 * x[i] * x[i] * x[i])));
        }
        return y;
    }

    /// GELU by the normal distribution, as BERT has it.
    static double[] gelu(double[] x) {
        var y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = 0.5 * x[i] * (1 + erf(x[i] / Math.sqrt(2)));
        }
        return y;
    }

    /// By its Taylor series (Abramowitz and Stegun 7.1.6), which converges for all that occur here.
    private static double erf(double x) {
        if (Math.abs(x) > 5) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
