package io.sagebench.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A graph that makes embeddings of texts. Padding is on the right.
final class EncoderGraph implements ModelGraph {
    /// What comes out as one vector for each text.
    private static final String POOLED = "sentence_embedding";
    /// What comes out as one vector for each token, by the names of different exporters.
    private static final List<String> TOKEN_VECTORS = List.of("last_hidden_state", "token_embeddings");

    private static final Set<String> KNOWN = Set.of("input_ids", "attention_mask", "token_type_ids", "position_ids");

    private final OrtSession session;
    private final Set<String> inputs;
    private final String output;
    private final Pooling pooling;
    private final int vocabulary;

    /// @throws UnusableModelException when it is not the graph of a text encoder
    EncoderGraph(ModelFiles files, OrtSession session, ModelConfig config) throws UnusableModelException {
        this.session = session;
        this.inputs = session.getInputNames();
        this.pooling = config.pooling();
        this.vocabulary = config.vocabulary().orElse(config.tokens());
        Set<String> outputs = session.getOutputNames();
        this.output = outputs.contains(POOLED)
                ? POOLED
                : TOKEN_VECTORS.stream().filter(outputs::contains).findFirst().orElseThrow(() -> new UnusableModelException(
                        files.place(files.graph()) + " gives " + outputs + ": neither logits, as a language model does, nor "
                                + String.join(" or ", TOKEN_VECTORS) + " or " + POOLED + ", as a text encoder does"));
        var unknown = new TreeSet<>(inputs);
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty() || !inputs.contains("input_ids")) {
            throw new UnusableModelException(
                    files.place(files.graph()) + " wants inputs that a text encoder does not have: " + unknown);
        }
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    /// Whether texts of different lengths can be one batch.
    boolean mixesLengths() {
        return inputs.contains("attention_mask");
    }

    /// How its vectors become embeddings.
    Pooling pooling() {
        return pooling;
    }

    /// The embeddings of some texts, in their order.
    List<float[]> embed(List<int[]> texts) throws OrtException {
        int longest = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
        Map<String, OnnxTensor> fed = new HashMap<>();
        var buffers = new ArrayList<LongInput>();
        try {
            for (String input : inputs) {
                var numbers = new LongInput();
                buffers.add(numbers);
                var into = numbers.of(texts.size(), longest);
                for (int row = 0; row < texts.size(); row++) {
                    for (int i = 0; i < longest; i++) {
                        into.put(row * longest + i, number(input, texts.get(row), i));
                    }
                }
                fed.put(input, numbers.tensor());
            }
            try (OrtSession.Result result = session.run(fed, Set.of(output))) {
                return embeddings((OnnxTensor) result.get(0), texts, longest);
            }
        } finally {
            buffers.forEach(LongInput::close);
        }
    }

    private static long number(String input, int[] text, int i) {
        boolean isThere = i < text.length;
        return switch (input) {
            case "input_ids" -> isThere ? text[i] : 0;
            case "attention_mask" -> isThere ? 1 : 0;
            case "position_ids" -> i;
            default -> 0; // all is of the first type
        };
    }

    private List<float[]> embeddings(OnnxTensor tensor, List<int[]> texts, int longest) {
        long[] shape = tensor.getInfo().getShape();
        int size = Math.toIntExact(shape[shape.length - 1]);
        FloatBuffer vectors = tensor.getFloatBuffer();
        var embeddings = new ArrayList<float[]>(texts.size());
        for (int row = 0; row < texts.size(); row++) {
            embeddings.add(output.equals(POOLED)
                    ? pooling.finish(vectors, row * size, size)
                    : pooling.embed(vectors, row * longest * size, texts.get(row).length, size));
        }
        return embeddings;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
