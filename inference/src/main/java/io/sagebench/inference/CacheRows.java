package io.sagebench.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Puts rows of some caches together into a new one: when a sequence joins a batch, or leaves it.
final class CacheRows {
    private static final int ALIGNMENT = 64;

    /// One row to take over.
    ///
    /// @param cache   where it stands
    /// @param row     its number there
    /// @param padding positions at its left that hold nothing
    record Row(Cache cache, int row, int padding) {
        int length() {
            return cache.length() - padding;
        }
    }

    private CacheRows() {}

    /// Copies rows; the caches they come from stay open.
    ///
    /// @return as long as the longest; to be closed on this thread
    static Cache together(DecoderGraph graph, List<Row> rows) throws OrtException {
        int length = rows.stream().mapToInt(Row::length).max().orElseThrow();
        Arena arena = Arena.ofConfined();
        List<OnnxTensor> tensors = new ArrayList<>();
        Runnable free = () -> {
            tensors.forEach(OnnxTensor::close);
            arena.close();
        };
        try {
            for (int part = 0; part < graph.pastNames().size(); part++) {
                MemorySegment memory = copied(graph, rows, part, length, arena);
                tensors.add(OnnxTensor.createTensor(
                        OnnxRuntime.environment(),
                        memory.asByteBuffer().order(ByteOrder.nativeOrder()),
                        graph.shapeOfCache(rows.size(), length),
                        graph.cacheType()));
            }
        } catch (OrtException | RuntimeException | OutOfMemoryError failed) {
            free.run();
            throw failed;
        }
        return new Cache(tensors, rows.size(), length, free, graph.openCaches());
    }

    private static MemorySegment copied(DecoderGraph graph, List<Row> rows, int part, int length, Arena arena) {
        long headBytes = (long) length * graph.headBytes();
        MemorySegment memory = arena.allocate((long) rows.size() * graph.kvHeads() * headBytes, ALIGNMENT); // zeroed: padding is masked, but must be numbers
        IdentityHashMap<Cache, MemorySegment> sources = new IdentityHashMap<>();
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            MemorySegment source = sources.computeIfAbsent(row.cache, cache -> bytes(cache.tensors().get(part)));
            long sourceHeadBytes = (long) row.cache.length() * graph.headBytes();
            long bytes = (long) row.length() * graph.headBytes();
            for (int head = 0; head < graph.kvHeads(); head++) {
                long from = ((long) row.row * graph.kvHeads() + head + 1) * sourceHeadBytes - bytes;
                long to = ((long) r * graph.kvHeads() + head + 1) * headBytes - bytes;
                MemorySegment.copy(source, from, memory, to, bytes);
            }
        }
        return memory;
    }

    private static MemorySegment bytes(OnnxTensor tensor) {
        ByteBuffer copy = tensor.getByteBuffer();
        return MemorySegment.ofBuffer(copy);
    }
}
