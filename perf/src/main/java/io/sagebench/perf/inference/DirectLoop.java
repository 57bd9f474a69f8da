package io.sagebench.perf.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The least that makes tokens with the runtime: a prompt, then always the likeliest token, for a batch of equally long prompts. No scheduler, no
/// text, no events: what an engine is to be measured against.
final class DirectLoop implements AutoCloseable {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

    private final OrtSession session;
    private final int vocabulary;
    private final List<String> past;
    private final long heads;
    private final long headSize;

    DirectLoop(byte[] graph, int threads, int vocabulary) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            session = RUNTIME.createSession(graph, options);
        }
        this.vocabulary = vocabulary;
        past = session.getInputNames().stream().filter(name -> name.startsWith("past_key_values.")).toList();
        long[] shape = ((ai.onnxruntime.TensorInfo) java.util.Objects.requireNonNull(
                session.getInputInfo().get(past.getFirst())).getInfo()).getShape();
        heads = shape[1];
        headSize = shape[3];
    }

    /// @param prompts equally long
    /// @return what each says
    int[][] run(int[][] prompts, int outputTokens) throws OrtException {
        int rows = prompts.length;
        var said = new int[rows][outputTokens];
        Map<String, OnnxTensor> inputs = new HashMap<>();
        for (String name : past) {
            inputs.put(name, OnnxTensor.createTensor(RUNTIME, floats(0), new long[] {rows, heads, 0, headSize}));
        }
        List<OnnxTensor> empty = new ArrayList<>(inputs.values());
        OrtSession.Result before = null;
        int[][] next = prompts;
        int length = 0;
        for (int i = 0; i < outputTokens; i++) {
            OrtSession.Result now = step(inputs, next, length);
            length += next[0].length;
            float[] logits = floats(now, rows * next[0].length * vocabulary);
            for (int row = 0; row < rows; row++) {
                said[row][i] = likeliest(logits, ((row + 1) * next[0].length - 1) * vocabulary);
            }
            next = new int[rows][];
            for (int row = 0; row < rows; row++) {
                next[row] = new int[] {said[row][i]};
            }
            for (String name : past) {
                inputs.put(name, (OnnxTensor) now.get(name.replace("past_key_values", "present")).orElseThrow());
            }
            if (before != null) {
                before.close();
            }
            before = now;
        }
        empty.forEach(OnnxTensor::close);
        if (before != null) {
            before.close();
        }
        return said;
    }

    private OrtSession.Result step(Map<String, OnnxTensor> inputs, int[][] tokens, int pastLength) throws OrtException {
        int rows = tokens.length;
        int columns = tokens[0].length;
        var ids = new long[rows * columns];
        var positions = new long[rows * columns];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens[i / columns][i % columns];
            positions[i] = (long) pastLength + i % columns;
        }
        var mask = new long[rows * (pastLength + columns)];
        Arrays.fill(mask, 1);
        try (OnnxTensor idTensor = tensor(ids, rows, columns);
                OnnxTensor positionTensor = tensor(positions, rows, columns);
                OnnxTensor maskTensor = tensor(mask, rows, pastLength + columns)) {
            inputs.put("input_ids", idTensor);
            inputs.put("position_ids", positionTensor);
            inputs.put("attention_mask", maskTensor);
            return session.run(inputs);
        }
    }

    private static OnnxTensor tensor(long[] values, long... shape) throws OrtException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
        return OnnxTensor.createTensor(RUNTIME, bytes.asLongBuffer().put(values).flip(), shape);
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static float[] floats(OrtSession.Result result, int count) {
        var logits = new float[count];
        ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer().get(logits);
        return logits;
    }

    private int likeliest(float[] logits, int begin) {
        int best = 0;
        for (int token = 1; token < vocabulary; token++) {
            best = logits[begin + token] > logits[begin + best] ? token : best;
        }
        return best;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
