package io.sagebench.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An input of whole numbers that is filled anew for each step. Memory and, while the shape stays, the tensor are used again.
final class LongInput implements AutoCloseable {
    private LongBuffer numbers = allocate(64);
    private long[] shape = {};
    private @Nullable OnnxTensor tensor;

    /// What to fill, from 0 on, before the step.
    LongBuffer of(int rows, int columns) throws OrtException {
        int count = Math.multiplyExact(rows, columns);
        boolean grows = count > numbers.capacity();
        if (grows) {
            numbers = allocate(Math.max(count, 2 * numbers.capacity()));
        }
        long[] wanted = {rows, columns};
        if (grows || !Arrays.equals(wanted, shape)) {
            close();
            tensor = OnnxTensor.createTensor(OnnxRuntime.environment(), numbers.slice(0, count), wanted);
            shape = wanted;
        }
        return numbers;
    }

    /// The tensor of the shape asked for last.
    OnnxTensor tensor() {
        if (tensor == null) {
            throw new IllegalStateException("not filled yet");
        }
        return tensor;
    }

    @Override
    public void close() {
        if (tensor != null) {
            tensor.close();
            tensor = null;
        }
        shape = new long[0];
    }

    private static LongBuffer allocate(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Long.BYTES)).order(ByteOrder.nativeOrder()).asLongBuffer();
    }
}
