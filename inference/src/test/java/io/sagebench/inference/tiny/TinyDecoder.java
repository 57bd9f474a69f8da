package io.sagebench.inference.tiny;

import static io.sagebench.inference.tiny.OnnxGraph.BOOL;
import static io.sagebench.inference.tiny.OnnxGraph.FLOAT;
import static io.sagebench.inference.tiny.OnnxGraph.FLOAT16;
import static io.sagebench.inference.tiny.OnnxGraph.INT64;

import io.sagebench.inference.tiny.TinyShape.Cut;
import java.util.ArrayList;
import java.util.List;

/// A language model shaped like GPT-2 (Radford et al. 2019) with random weights, as an ONNX graph with the inputs and outputs that Optimum gives
/// it. Its head is not tied to its embeddings: with random weights it would only repeat what it reads.
final class TinyDecoder {
    static final float EPSILON = 1e-5f;

    private final TinyShape shape;
    private final TinyTokenizer tokenizer;
    private final int vocabulary;
    private final OnnxGraph root;

    private TinyDecoder(TinyShape shape, TinyTokenizer tokenizer) {
        this.shape = shape;
        this.tokenizer = tokenizer;
        this.vocabulary = tokenizer.size();
        this.root = new OnnxGraph("decoder", shape.cut() == Cut.EXTERNAL_WEIGHTS ? "model.onnx_data" : "");
    }

    static OnnxGraph make(TinyShape shape, TinyTokenizer tokenizer, long seed) {
        var decoder = new TinyDecoder(shape, tokenizer);
        decoder.weights(new Weights(seed));
        decoder.constants();
        decoder.ports();
        if (shape.cut() == Cut.MERGED) {
            decoder.branches();
        } else {
            decoder.new Body(decoder.root, "", "", shape.cut() != Cut.NO_PAST).emit();
        }
        return decoder.root;
    }

    private void weights(Weights random) {
        int hidden = shape.hidden();
        int projected = hidden + 2 * shape.kvHeads() * shape.headSize();
        root.weight("wte", random.around(0, 0.5, vocabulary * hidden), vocabulary, hidden);
        root.weight("wpe", random.around(0, 0.3, shape.positions() * hidden), shape.positions(), hidden);
        for (int layer = 0; layer < shape.layers(); layer++) {
            String at = "h." + layer + ".";
            norm(at + "ln_1", random);
            linear(at + "attn.c_attn", random.matrix(hidden, projected, 1.5), hidden, projected, random);
            linear(at + "attn.c_proj", random.matrix(hidden, hidden, 1.5), hidden, hidden, random);
            norm(at + "ln_2", random);
            linear(at + "mlp.c_fc", random.matrix(hidden, 4 * hidden, 1.5), hidden, 4 * hidden, random);
            linear(at + "mlp.c_proj", random.matrix(4 * hidden, hidden, 1.5), 4 * hidden, hidden, random);
        }
        norm("ln_f", random);
        root.weight("lm_head", head(random.matrix(hidden, vocabulary, 2.5)), hidden, vocabulary);
    }

    /// What is no text by itself is never the likeliest, so that answers can be read and go on to their full length.
    private float[] head(float[] matrix) {
        for (int token = 0; token < vocabulary; token++) {
            for (int row = 0; row < shape.hidden() && !tokenizer.isText(token); row++) {
                matrix[row * vocabulary + token] = 0;
            }
        }
        return matrix;
    }

    private void norm(String at, Weights random) {
        root.weight(at + ".weight", random.around(1, 0.1, shape.hidden()), shape.hidden());
        root.weight(at + ".bias", random.around(0, 0.1, shape.hidden()), shape.hidden());
    }

    private void linear(String at, float[] matrix, int in, int out, Weights random) {
        root.weight(at + ".weight", matrix, in, out);
        root.weight(at + ".bias", random.around(0, 0.1, out), out);
    }

    private void constants() {
        int size = shape.headSize();
        long keys = (long) shape.kvHeads() * size;
        root.numbers("split sizes", shape.hidden(), keys, keys);
        root.numbers("query shape", 0, 0, shape.heads(), size);
        root.numbers("key shape", 0, 0, shape.kvHeads(), size);
        root.numbers("joined shape", 0, 0, shape.hidden());
        root.numbers("first axis", 0);
        root.numbers("second axis", 1);
        root.numbers("outer axes", 1, 2);
        if (shape.cut() == Cut.LAST_LOGITS) {
            root.numbers("end", Long.MAX_VALUE);
        }
        if (shape.kvHeads() < shape.heads()) {
            root.numbers("third axis", 2);
            root.numbers("groups", 1, 1, shape.heads() / shape.kvHeads(), 1, 1);
            root.numbers("grouped shape", 0, shape.heads(), -1, size);
        }
        root.number("none", 0);
        root.number("one", 1);
        root.real("nothing", 0);
        root.real("masked", -Float.MAX_VALUE);
        root.real("scale", (float) (1 / Math.sqrt(size)));
    }

    private void ports() {
        Cut cut = shape.cut();
        int cache = cut == Cut.HALF_CACHE ? FLOAT16 : FLOAT;
        root.input("input_ids", INT64, "batch_size", "sequence_length");
        root.input("attention_mask", INT64, "batch_size", "past_sequence_length + sequence_length");
        if (cut != Cut.NO_POSITION_IDS) {
            root.input("position_ids", INT64, "batch_size", "sequence_length");
        }
        if (cut == Cut.LAST_LOGITS) {
            root.input("num_logits_to_keep", INT64);
        }
        if (cut == Cut.MERGED) {
            root.input("use_cache_branch", BOOL, 1);
        }
        root.output("logits", FLOAT, "batch_size", "sequence_length", vocabulary);
        for (int layer = 0; layer < shape.layers() && cut != Cut.NO_PAST; layer++) {
            for (String part : List.of(".key", ".value")) {
                root.input(
                        "past_key_values." + layer + part, cache, "batch_size", shape.kvHeads(), "past_sequence_length", shape.headSize());
                root.output(
                        "present." + layer + part,
                        cache,
                        "batch_size",
                        shape.kvHeads(),
                        "past_sequence_length + sequence_length",
                        shape.headSize());
            }
        }
    }

    private void branches() {
        var without = new OnnxGraph("without past", "");
        var with = new OnnxGraph("with past", "");
        new Body(without, "first ", "first ", false).emit();
        new Body(with, "later ", "later ", true).emit();
        var outputs = new ArrayList<String>();
        outputs.add("logits");
        for (int layer = 0; layer < shape.layers(); layer++) {
            outputs.add("present." + layer + ".key");
            outputs.add("present." + layer + ".value");
        }
        for (String output : outputs) {
            without.output("first " + output, FLOAT);
            with.output("later " + output, FLOAT);
        }
        root.node("If", outputs, List.of("use_cache_branch"), Attribute.of("then_branch", with), Attribute.of("else_branch", without));
    }

    /// The nodes, in a graph of their own or within the root.
    private final class Body {
        private final OnnxGraph graph;
        private final String prefix;
        private final String outPrefix;
        private final boolean withPast;
        private int made;

        Body(OnnxGraph graph, String prefix, String outPrefix, boolean withPast) {
            this.graph = graph;
            this.prefix = prefix;
            this.outPrefix = outPrefix;
            this.withPast = withPast;
        }

        void emit() {
            String length = op("Gather", List.of(op("Shape", List.of("input_ids")), "one"), Attribute.of("axis", 0));
            String past = withPast
                    ? op("Gather", List.of(op("Shape", List.of("past_key_values.0.key")), op("Add", List.of("one", "one"))), Attribute.of("axis", 0))
                    : "none";
            String total = op("Add", List.of(past, length));
            String rows = op("Range", List.of(past, total, "one"));
            String positions = shape.cut() == Cut.NO_POSITION_IDS ? op("Unsqueeze", List.of(rows, "first axis")) : "position_ids";
            String x = op("Add", List.of(op("Gather", List.of("wte", "input_ids")), op("Gather", List.of("wpe", positions))));
            String bias = bias(rows, op("Range", List.of("none", total, "one")));
            for (int layer = 0; layer < shape.layers(); layer++) {
                x = block(x, bias, layer);
            }
            if (shape.cut() == Cut.LAST_LOGITS) {
                String begin = op("Unsqueeze", List.of(op("Neg", List.of("num_logits_to_keep")), "first axis"));
                x = op("Slice", List.of(x, begin, "end", "second axis"));
            }
            graph.node("MatMul", outPrefix + "logits", List.of(norm(x, "ln_f"), "lm_head"));
        }

        private String bias(String rows, String columns) {
            String causal = op("LessOrEqual", List.of(op("Unsqueeze", List.of(columns, "first axis")), op("Unsqueeze", List.of(rows, "second axis"))));
            String there = op("Cast", List.of("attention_mask"), Attribute.of("to", BOOL));
            String both = op("And", List.of(causal, op("Unsqueeze", List.of(there, "outer axes"))));
            return op("Where", List.of(both, "nothing", "masked"));
        }

        private String block(String x, String bias, int layer) {
            String at = "h." + layer + ".";
            String projected = linear(norm(x, at + "ln_1"), at + "attn.c_attn");
            List<String> parts = List.of(name("query"), name("key"), name("value"));
            graph.node("Split", parts, List.of(projected, "split sizes"), Attribute.of("axis", 2));
            String query = heads(parts.get(0), "query shape");
            String keys = repeated(cached(heads(parts.get(1), "key shape"), layer + ".key"));
            String values = repeated(cached(heads(parts.get(2), "key shape"), layer + ".value"));
            String scores = op("MatMul", List.of(query, op("Transpose", List.of(keys), Attribute.ofAll("perm", 0, 1, 3, 2))));
            String shares = op("Softmax", List.of(op("Add", List.of(op("Mul", List.of(scores, "scale")), bias))), Attribute.of("axis", -1));
            String seen = op("Transpose", List.of(op("MatMul", List.of(shares, values))), Attribute.ofAll("perm", 0, 2, 1, 3));
            String attended = op("Add", List.of(x, linear(op("Reshape", List.of(seen, "joined shape")), at + "attn.c_proj")));
            String inner = op("Gelu", List.of(linear(norm(attended, at + "ln_2"), at + "mlp.c_fc")), Attribute.of("approximate", "tanh"));
            return op("Add", List.of(attended, linear(inner, at + "mlp.c_proj")));
        }

        private String heads(String from, String shapeName) {
            return op("Transpose", List.of(op("Reshape", List.of(from, shapeName))), Attribute.ofAll("perm", 0, 2, 1, 3));
        }

        private String cached(String fresh, String part) {
            boolean half = shape.cut() == Cut.HALF_CACHE;
            String present = shape.cut() == Cut.NO_PAST ? name("present") : outPrefix + "present." + part;
            String stored = half ? op("Cast", List.of(fresh), Attribute.of("to", FLOAT16)) : fresh;
            if (withPast) {
                graph.node("Concat", present, List.of("past_key_values." + part, stored), Attribute.of("axis", 2));
            } else {
                graph.node("Identity", present, List.of(stored));
            }
            return half ? op("Cast", List.of(present), Attribute.of("to", FLOAT)) : present;
        }

        /// Each key head once for each query head that shares it.
        private String repeated(String keys) {
            if (shape.kvHeads() == shape.heads()) {
                return keys;
            }
            String wide = op("Expand", List.of(op("Unsqueeze", List.of(keys, "third axis")), "groups"));
            return op("Reshape", List.of(wide, "grouped shape"));
        }

        private String norm(String x, String at) {
            return op(
                    "LayerNormalization",
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
            return prefix + what + " " + made++;
        }
    }
}
