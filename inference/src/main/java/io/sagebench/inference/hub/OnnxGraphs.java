package io.sagebench.inference.hub;

import java.util.List;

/// What exporters call the ONNX graph of a whole model, and where they put it.
public final class OnnxGraphs {
    /// Names of graphs that can be run, the most exact first.
    public static final List<String> NAMES = List.of(
            "model.onnx",
            "decoder_model_merged.onnx",
            "model_fp16.onnx",
            "decoder_model_merged_fp16.onnx",
            "model_int8.onnx",
            "model_quantized.onnx",
            "decoder_model_merged_quantized.onnx",
            "model_uint8.onnx",
            "model_q4.onnx",
            "model_q4f16.onnx",
            "model_bnb4.onnx");

    /// Folders that they stand in, within that of the model.
    public static final List<String> FOLDERS = List.of("", "onnx/");

    private OnnxGraphs() {}
}
