package io.sagebench.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.atomic.AtomicReference;

/// Starts ONNX Runtime on a thread of its own. What the runtime does when it starts takes more of the stack than the 1 MB that threads of Java usually
/// have, and ends the process without a word where there is not enough.
final class RuntimeStart implements Runnable {
    private static final long STACK_BYTES = 16 << 20;

    private final AtomicReference<OrtEnvironment> environment = new AtomicReference<>();

    private RuntimeStart() {}

    static OrtEnvironment start() {
        var starting = new RuntimeStart();
        var thread = new Thread(null, starting, "onnx-start", STACK_BYTES);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        OrtEnvironment started = starting.environment.get();
        if (started == null) {
            throw new IllegalStateException("ONNX Runtime could not be started");
        }
        return started;
    }

    @Override
    public void run() {
        var started = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "sage-bench");
        try {
            started.setTelemetry(false);
        } catch (OrtException broken) {
            throw new IllegalStateException("ONNX Runtime would not turn its telemetry off", broken);
        }
        environment.set(started);
    }
}
