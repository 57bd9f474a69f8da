package io.sagebench.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs a decoder's graph one step at a time. What goes in and the logits use the same memory again; keys and values come out as they go in. Used by
/// one thread.
final class DecoderStep implements AutoCloseable {
    private final DecoderGraph graph;
    private final Set<String> presentNames;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxValue> pinned = new HashMap<>();
    private final LongInput ids = new LongInput();
    private final LongInput positions = new LongInput();
    private final LongInput mask = new LongInput();
    private final OnnxTensor firstBranch;
    private final OnnxTensor laterBranch;
    private final OnnxTensor lastOnly;
    private final float[] row;
    private long[] ones = new long[0];
    private ByteBuffer logits = ByteBuffer.allocateDirect(0);
    private @Nullable OnnxTensor logitsTensor;
    private int logitsRows;
    private int logitsColumns;

    DecoderStep(DecoderGraph graph) throws OrtException {
        this.graph = graph;
        this.presentNames = new LinkedHashSet<>(graph.presentNames());
        this.row = new float[graph.vocabulary()];
        this.firstBranch = OnnxTensor.createTensor(OnnxRuntime.environment(), new boolean[] {false});
        this.laterBranch = OnnxTensor.createTensor(OnnxRuntime.environment(), new boolean[] {true});
        this.lastOnly = OnnxTensor.createTensor(OnnxRuntime.environment(), 1L);
    }

    /// Computes the next tokens of each sequence.
    ///
    /// @param past    what was computed before; it stays open
    /// @param tokens  the same number for each row of the cache
    /// @param padding positions of each row of the cache, from the left, that hold nothing
    /// @return the cache with these tokens in it, to be closed by the caller
    Cache run(Cache past, int[][] tokens, int[] padding) throws OrtException {
        int rows = past.rows();
        int columns = tokens[0].length;
        fill(past.length(), tokens, padding);
        for (int i = 0; i < past.tensors().size(); i++) {
            inputs.put(graph.pastNames().get(i), past.tensors().get(i));
        }
        if (graph.hasBranches()) {
            inputs.put("use_cache_branch", past.length() == 0 ? firstBranch : laterBranch);
        }
        if (graph.keepsLogits()) {
            inputs.put("num_logits_to_keep", lastOnly);
        }
        makeRoom(rows, graph.keepsLogits() ? 1 : columns);
        OrtSession.Result result = graph.session().run(inputs, presentNames, pinned);
        List<OnnxTensor> present = new ArrayList<>(presentNames.size());
        for (String name : presentNames) {
            present.add((OnnxTensor) result.get(name).orElseThrow());
        }
        return new Cache(present, rows, past.length() + columns, result::close, graph.openCaches());
    }

    /// The logits of a row's last token, as the last step left them. Good, and free to be changed, until the next call.
    float[] logits(int ofRow) {
        int begin = ((ofRow + 1) * logitsColumns - 1) * row.length;
        if (graph.logitsType() == OnnxJavaType.FLOAT) {
            logits.asFloatBuffer().get(begin, row);
        } else {
            for (int i = 0; i < row.length; i++) {
                row[i] = Float.float16ToFloat(logits.getShort((begin + i) * Short.BYTES));
            }
        }
        return row;
    }

    private void fill(int past, int[][] tokens, int[] padding) throws OrtException {
        int rows = tokens.length;
        int columns = tokens[0].length;
        LongBuffer into = ids.of(rows, columns);
        LongBuffer places = positions.of(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                into.put(r * columns + c, tokens[r][c]);
                places.put(r * columns + c, (long) past + c - padding[r]);
            }
        }
        inputs.put("input_ids", ids.tensor());
        if (graph.takesPositions()) {
            inputs.put("position_ids", positions.tensor());
        }
        if (graph.takesMask()) {
            fillMask(past + columns, padding);
            inputs.put("attention_mask", mask.tensor());
        }
    }

    private void fillMask(int length, int[] padding) throws OrtException {
        if (ones.length < length) {
            ones = new long[2 * length];
            Arrays.fill(ones, 1);
        }
        LongBuffer into = mask.of(padding.length, length);
        for (int r = 0; r < padding.length; r++) {
            for (int c = 0; c < padding[r]; c++) {
                into.put(r * length + c, 0);
            }
            into.put(r * length + padding[r], ones, 0, length - padding[r]);
        }
    }

    private void makeRoom(int rows, int columns) throws OrtException {
        if (logitsTensor != null && rows == logitsRows && columns == logitsColumns) {
            return;
        }
        dropLogits();
        int bytes = Math.toIntExact((long) rows * columns * row.length * graph.logitsType().size);
        if (logits.capacity() < bytes) {
            logits = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        ByteBuffer slice = logits.slice(0, bytes).order(ByteOrder.nativeOrder());
        logitsTensor = OnnxTensor.createTensor(OnnxRuntime.environment(), slice, new long[] {rows, columns, row.length}, graph.logitsType());
        pinned.put(DecoderGraph.LOGITS, logitsTensor);
        logitsRows = rows;
        logitsColumns = columns;
    }

    private void dropLogits() {
        if (logitsTensor != null) {
            logitsTensor.close();
            logitsTensor = null;
        }
    }

    /// Frees what was used again and again; caches stay open.
    @Override
    public void close() {
        dropLogits();
        ids.close();
        positions.close();
        mask.close();
        firstBranch.close();
        laterBranch.close();
        lastOnly.close();
    }
}
