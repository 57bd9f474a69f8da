package io.sagebench.inference.tiny;

import static io.sagebench.inference.tiny.OnnxGraph.FLOAT;
import static io.sagebench.inference.tiny.OnnxGraph.INT64;

import java.util.List;

/// A text encoder shaped like BERT (Devlin et al. 2018) with random weights, as an ONNX graph.
final class TinyEncoder {
    static final float EPSILON = 1e-12f;

    private final TinyShape shape;
    private final int vocabulary;
    private final OnnxGraph graph = new OnnxGraph("encoder", "");
    private int made;

    private TinyEncoder(TinyShape shape, int vocabulary) {
        this.shape = shape;
        this.vocabulary = vocabulary;
    }

    static OnnxGraph make(TinyShape shape, int vocabulary, long seed) {
        var encoder = new TinyEncoder(shape, vocabulary);
        encoder.weights(new Weights(seed));
        encoder.nodes();
        return encoder.graph;
    }

    private void weights(Weights random) {
        int hidden = shape.hidden();
        graph.weight("word", random.around(0, 0.5, vocabulary * hidden), vocabulary, hidden);
        graph.weight("position", random.around(0, 0.3, shape.positions() * hidden), shape.positions(), hidden);
        graph.weight("type", random.around(0, 0.3, 2 * hidden), 2, hidden);
        norm("norm", random);
        for (int layer = 0; layer < shape.layers(); layer++) {
            String at = "layer." + layer + ".";
            for (String part : List.of("query", "key", "value", "output")) {
                linear(at + part, hidden, hidden, random);
            }
            norm(at + "output.norm", random);
            linear(at + "up", hidden, 4 * hidden, random);
            linear(at + "down", 4 * hidden, hidden, random);
            norm(at + "down.norm", random);
        }
    }

    private void norm(String at, Weights random) {
        graph.weight(at + ".weight", random.around(1, 0.1, shape.hidden()), shape.hidden());
        graph.weight(at + ".bias", random.around(0, 0.1, shape.hidden()), shape.hidden());
    }

    private void linear(String at, int in, int out, Weights random) {
        graph.weight(at + ".weight", random.matrix(in, out, 1.5), in, out);
        graph.weight(at + ".bias", random.around(0, 0.1, out), out);
    }

    private void nodes() {
        for (String input : List.of("input_ids", "attention_mask", "token_type_ids")) {
            graph.input(input, INT64, "batch_size", "sequence_length");
        }
        graph.output("last_hidden_state", FLOAT, "batch_size", "sequence_length", shape.hidden());
        graph.numbers("head shape", 0, 0, shape.heads(), shape.headSize());
        graph.numbers("joined shape", 0, 0, shape.hidden());
        graph.numbers("outer axes", 1, 2);
        graph.number("none", 0);
        graph.number("one", 1);
        graph.real("nothing", 0);
        graph.real("masked", -Float.MAX_VALUE);
        graph.real("scale", (float) (1 / Math.sqrt(shape.headSize())));
        String length = op("Gather", List.of(op("Shape", List.of("input_ids")), "one"), Attribute.of("axis", 0));
        String positions = op("Gather", List.of("position", op("Range", List.of("none", length, "one"))));
        String words = op("Add", List.of(op("Gather", List.of("word", "input_ids")), op("Gather", List.of("type", "token_type_ids"))));
        String there = op("Cast", List.of(op("Unsqueeze", List.of("attention_mask", "outer axes"))), Attribute.of("to", OnnxGraph.BOOL));
        String bias = op("Where", List.of(there, "nothing", "masked"));
        String x = norm(name("embedded"), op("Add", List.of(words, positions)), "norm");
        for (int layer = 0; layer < shape.layers(); layer++) {
            x = block(x, bias, layer);
        }
    }

    private String block(String x, String bias, int layer) {
        String at = "layer." + layer + ".";
        String keys = op("Transpose", List.of(op("Reshape", List.of(linear(x, at + "key"), "head shape"))), Attribute.ofAll("perm", 0, 2, 3, 1));
        String scores = op("Mul", List.of(op("MatMul", List.of(heads(linear(x, at + "query")), keys)), "scale"));
        String shares = op("Softmax", List.of(op("Add", List.of(scores, bias))), Attribute.of("axis", -1));
        String seen = op("MatMul", List.of(shares, heads(linear(x, at + "value"))));
        String joined = op("Reshape", List.of(op("Transpose", List.of(seen), Attribute.ofAll("perm", 0, 2, 1, 3)), "joined shape"));
        String attended = norm(name("attended"), op("Add", List.of(x, linear(joined, at + "output"))), at + "output.norm");
        String inner = linear(op("Gelu", List.of(linear(attended, at + "up"))), at + "down");
        boolean last = layer == shape.layers() - 1;
        return norm(last ? "last_hidden_state" : name("block"), op("Add", List.of(attended, inner)), at + "down.norm");
    }

    private String heads(String from) {
        return op("Transpose", List.of(op("Reshape", List.of(from, "head shape"))), Attribute.ofAll("perm", 0, 2, 1, 3));
    }

    private String norm(String output, String x, String at) {
        return graph.node(
                "LayerNormalization",
                output,
                List.of(x, at + ".weight", at + ".bias"),
                Attribute.of("axis", -1),
                Attribute.of("epsilon", EPSILON));
    }

    private String linear(String x, String at) {
        return op("Add", List.of(op("MatMul", List.of(x, at + ".weight")), at + ".bias"));
    }

    private String op(String type, List<String> from, Attribute... attributes) {
        return graph.node(type, name(type), from, attributes);
    }

    private String name(String what) {
        return what + " " + made++;
    }
}
