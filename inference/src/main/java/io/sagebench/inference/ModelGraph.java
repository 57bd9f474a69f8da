package io.sagebench.inference;

import ai.onnxruntime.OrtException;

/// A graph that ONNX Runtime has made ready.
sealed interface ModelGraph extends AutoCloseable permits DecoderGraph, EncoderGraph {

    /// Tokens it knows: from 0 to one less.
    int vocabulary();

    @Override
    void close() throws OrtException;
}
