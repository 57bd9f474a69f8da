package io.sagebench.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/// ONNX Runtime, which computes: one for the whole process, and silent.
final class OnnxRuntime {
    private static final OrtEnvironment ENVIRONMENT = start();

    private OnnxRuntime() {}

    private static OrtEnvironment start() {
        OrtEnvironment started = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "sage-bench");
        try {
            started.setTelemetry(false);
        } catch (OrtException broken) {
            throw new IllegalStateException("ONNX Runtime would not turn its telemetry off", broken);
        }
        return started;
    }

    static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    /// Reads the graph of a model and makes it ready to run.
    ///
    /// @throws UnusableModelException when it is no whole ONNX file, or the runtime cannot run it
    static OrtSession open(ModelFiles files, int threads) throws UnusableModelException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return files.open(ENVIRONMENT, options);
        } catch (OrtException refused) {
            throw new UnusableModelException(
                    files.place(files.graph()) + " cannot be read by ONNX Runtime " + ENVIRONMENT.getVersion()
                            + ": it, or a file of weights beside it, may have been cut off or left out (get it again), or it may use what this"
                            + " runtime lacks. It says: " + refused.getMessage(),
                    refused);
        }
    }
}
