package io.sagebench.inference;

import ai.onnxruntime.OnnxTensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Keys and values of some sequences, one row each, in native memory: what a step gave, or what was put together from several of them. All rows
/// are equally long; shorter ones are padded on the left.
final class Cache implements AutoCloseable {
    private final List<OnnxTensor> tensors;
    private final int rows;
    private final int length;
    private final Runnable free;
    private final AtomicInteger open;

    /// @param tensors keys and values of each layer, in the order of [DecoderGraph#pastNames]
    /// @param rows    sequences
    /// @param length  positions of each, padding included
    /// @param free    frees the tensors and their memory
    /// @param open    counts caches that were not closed yet
    Cache(List<OnnxTensor> tensors, int rows, int length, Runnable free, AtomicInteger open) {
        this.tensors = tensors;
        this.rows = rows;
        this.length = length;
        this.free = free;
        this.open = open;
        open.incrementAndGet();
    }

    List<OnnxTensor> tensors() {
        return tensors;
    }

    int rows() {
        return rows;
    }

    int length() {
        return length;
    }

    /// Frees the memory; to be called once.
    @Override
    public void close() {
        open.decrementAndGet();
        free.run();
    }
}
