package io.sagebench.inference;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/// A graph that gives the next token: what goes in and what comes out, found by the names that exporters use.
final class DecoderGraph implements ModelGraph {
    static final String LOGITS = "logits";
    private static final String PAST = "past_key_values.";
    private static final String PRESENT = "present.";
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String POSITIONS = "position_ids";
    private static final String BRANCH = "use_cache_branch";
    private static final String KEEP = "num_logits_to_keep";
    private static final Set<String> KNOWN = Set.of(IDS, MASK, POSITIONS, BRANCH, KEEP);

    private final OrtSession session;
    private final Set<String> inputs;
    private final List<String> pastNames;
    private final List<String> presentNames;
    private final int kvHeads;
    private final int headSize;
    private final OnnxJavaType cacheType;
    private final OnnxJavaType logitsType;
    private final int vocabulary;
    private final AtomicInteger openCaches = new AtomicInteger();

    /// @param session to be closed by [#close], or by the caller when this fails
    /// @throws UnusableModelException when it is not the graph of a decoder with a cache
    DecoderGraph(ModelFiles files, OrtSession session, ModelConfig config) throws OrtException, UnusableModelException {
        this.session = session;
        Map<String, NodeInfo> in = session.getInputInfo();
        Map<String, NodeInfo> out = session.getOutputInfo();
        String graph = files.place(files.graph());
        inputs = in.keySet();
        pastNames = inputs.stream().filter(name -> name.startsWith(PAST)).toList();
        presentNames = pastNames.stream().map(name -> PRESENT + name.substring(PAST.length())).toList();
        if (pastNames.isEmpty() || !out.keySet().containsAll(presentNames)) {
            throw new UnusableModelException(graph + " has no inputs " + PAST + "* with outputs " + PRESENT
                    + "*: it was exported without its key-value cache, and each token would compute the whole prompt again. Export it with"
                    + " optimum-cli export onnx --model ID --task text-generation-with-past FOLDER");
        }
        var unknown = new TreeSet<>(inputs);
        unknown.removeAll(KNOWN);
        unknown.removeAll(pastNames);
        if (!unknown.isEmpty() || !inputs.contains(IDS)) {
            throw new UnusableModelException(graph + " wants inputs that a decoder for text does not have: " + unknown);
        }
        TensorInfo past = tensor(in, pastNames.getFirst());
        long[] shape = past.getShape();
        if (shape.length != 4) {
            throw new UnusableModelException(graph + " keeps keys and values in another layout than [sequences, heads, positions, numbers]");
        }
        cacheType = past.type;
        kvHeads = known(graph, "num_key_value_heads", shape[1], config.kvHeads());
        headSize = known(graph, "head_dim", shape[3], config.headSize());
        TensorInfo logits = tensor(out, LOGITS);
        logitsType = logits.type;
        if (!isFloat(cacheType) || !isFloat(logitsType)) {
            throw new UnusableModelException(graph + " has a cache of " + cacheType + " and logits of " + logitsType
                    + "; 32-bit and 16-bit floats can be run");
        }
        long[] logitsShape = logits.getShape();
        vocabulary = logitsShape[logitsShape.length - 1] > 0
                ? Math.toIntExact(logitsShape[logitsShape.length - 1])
                : config.vocabulary().orElse(config.tokens());
    }

    private static TensorInfo tensor(Map<String, NodeInfo> ports, String name) {
        return (TensorInfo) requireNonNull(ports.get(name), name).getInfo();
    }

    private static boolean isFloat(OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT || type == OnnxJavaType.FLOAT16;
    }

    private static int known(String graph, String name, long inGraph, OptionalInt inConfig) throws UnusableModelException {
        if (inGraph > 0) {
            return Math.toIntExact(inGraph);
        }
        if (inConfig.isEmpty()) {
            throw new UnusableModelException(graph + " does not fix the shape of its cache, and config.json does not say " + name);
        }
        return inConfig.getAsInt();
    }

    OrtSession session() {
        return session;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    List<String> pastNames() {
        return pastNames;
    }

    List<String> presentNames() {
        return presentNames;
    }

    OnnxJavaType cacheType() {
        return cacheType;
    }

    OnnxJavaType logitsType() {
        return logitsType;
    }

    int kvHeads() {
        return kvHeads;
    }

    /// Bytes of one head's key or value at one position.
    int headBytes() {
        return headSize * cacheType.size;
    }

    /// Bytes of all keys and values of one position of one sequence.
    long bytesPerToken() {
        return (long) pastNames.size() * kvHeads * headBytes();
    }

    boolean takesMask() {
        return inputs.contains(MASK);
    }

    boolean takesPositions() {
        return inputs.contains(POSITIONS);
    }

    /// Whether the first step of a sequence is another graph than the later ones.
    boolean hasBranches() {
        return inputs.contains(BRANCH);
    }

    /// Whether it can be told to compute the last token's logits only.
    boolean keepsLogits() {
        return inputs.contains(KEEP);
    }

    /// Whether sequences of different lengths can be one batch: padding must be masked, and positions counted without it.
    boolean mixesLengths() {
        return takesMask() && takesPositions();
    }

    /// Counts caches that were not closed yet.
    AtomicInteger openCaches() {
        return openCaches;
    }

    /// The cache of sequences that have no past.
    Cache emptyCache(int rows) throws OrtException {
        List<OnnxTensor> tensors = new ArrayList<>();
        ByteBuffer nothing = ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
        for (int i = 0; i < pastNames.size(); i++) {
            tensors.add(OnnxTensor.createTensor(OnnxRuntime.environment(), nothing, shapeOfCache(rows, 0), cacheType));
        }
        return new Cache(tensors, rows, 0, () -> tensors.forEach(OnnxTensor::close), openCaches);
    }

    long[] shapeOfCache(int rows, int length) {
        return new long[] {rows, kvHeads, length, headSize};
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
