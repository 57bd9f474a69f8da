package io.sagebench.inference;

import io.sagebench.request.Check;
import java.util.Optional;
import java.util.OptionalInt;

/// How a model is run on the CPU.
///
/// @param threads            threads that compute one step, at least 1
/// @param maxConcurrent      the most sequences in the decode batch, or texts embedded at a time; at least 1
/// @param prefillChunkTokens the most prompt tokens computed between two decode steps, at least 1
/// @param contextTokens      the most tokens of prompt and answer together; absent for what the model has
/// @param onnxFile           which ONNX file of the folder to run, for example `onnx/model_int8.onnx`; absent for the most exact one there is
public record CpuEngineSettings(
        int threads, int maxConcurrent, int prefillChunkTokens, OptionalInt contextTokens, Optional<String> onnxFile) {
    /// One thread, 8 sequences, chunks of 256 tokens, and the model's own context.
    public static final CpuEngineSettings DEFAULTS =
            new CpuEngineSettings(1, 8, 256, OptionalInt.empty(), Optional.empty());

    public CpuEngineSettings {
        Check.atLeast(1, threads, "threads");
        Check.atLeast(1, maxConcurrent, "maxConcurrent");
        Check.atLeast(1, prefillChunkTokens, "prefillChunkTokens");
        if (contextTokens.isPresent()) {
            Check.atLeast(1, contextTokens.getAsInt(), "contextTokens");
        }
    }

    /// The same with another number of threads.
    public CpuEngineSettings withThreads(int number) {
        return new CpuEngineSettings(number, maxConcurrent, prefillChunkTokens, contextTokens, onnxFile);
    }

    /// The same with another size of the batch.
    public CpuEngineSettings withMaxConcurrent(int sequences) {
        return new CpuEngineSettings(threads, sequences, prefillChunkTokens, contextTokens, onnxFile);
    }

    /// The same with another size of prefill chunks.
    public CpuEngineSettings withPrefillChunkTokens(int tokens) {
        return new CpuEngineSettings(threads, maxConcurrent, tokens, contextTokens, onnxFile);
    }

    /// The same with a limit on the context.
    public CpuEngineSettings withContextTokens(int tokens) {
        return new CpuEngineSettings(threads, maxConcurrent, prefillChunkTokens, OptionalInt.of(tokens), onnxFile);
    }

    /// The same with a certain ONNX file of the folder.
    public CpuEngineSettings withOnnxFile(String file) {
        return new CpuEngineSettings(threads, maxConcurrent, prefillChunkTokens, contextTokens, Optional.of(file));
    }
}
