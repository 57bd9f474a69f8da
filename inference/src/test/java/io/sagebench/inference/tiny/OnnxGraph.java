package io.sagebench.inference.tiny;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A graph of ONNX in the making. Field numbers are those of `onnx.proto`.
final class OnnxGraph {
    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int BOOL = 9;
    static final int FLOAT16 = 10;

    private static final int EXTERNAL = 1;
    /// The first version with `Gelu`.
    private static final int OPSET = 20;
    /// The version of the file format that goes with it.
    private static final int IR_VERSION = 9;

    private final String name;
    private final List<Proto> nodes = new ArrayList<>();
    private final List<Proto> initializers = new ArrayList<>();
    private final List<Proto> inputs = new ArrayList<>();
    private final List<Proto> outputs = new ArrayList<>();
    private final Map<String, float[]> weights = new LinkedHashMap<>();
    private final ByteArrayOutputStream external = new ByteArrayOutputStream();
    private final String externalFile;

    /// @param externalFile where weights go that are not to stand in the file itself; empty for none
    OnnxGraph(String name, String externalFile) {
        this.name = name;
        this.externalFile = externalFile;
    }

    /// @param dims numbers for fixed sizes, names for others
    void input(String input, int type, Object... dims) {
        inputs.add(valueInfo(input, type, dims));
    }

    void output(String output, int type, Object... dims) {
        outputs.add(valueInfo(output, type, dims));
    }

    /// @return the name of the output
    String node(String op, String output, List<String> from, Attribute... attributes) {
        node(op, List.of(output), from, attributes);
        return output;
    }

    void node(String op, List<String> to, List<String> from, Attribute... attributes) {
        var node = new Proto();
        from.forEach(input -> node.text(1, input));
        to.forEach(output -> node.text(2, output));
        node.text(3, "make " + to.getFirst()).text(4, op);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message());
        }
        nodes.add(node);
    }

    String weight(String weight, float[] values, long... dims) {
        weights.put(weight, values);
        var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        initializers.add(tensor(weight, FLOAT, raw.array(), !externalFile.isEmpty(), dims));
        return weight;
    }

    String numbers(String constant, long... values) {
        initializers.add(tensor(constant, INT64, littleEndian(values), false, values.length));
        return constant;
    }

    String number(String constant, long value) {
        initializers.add(tensor(constant, INT64, littleEndian(value), false));
        return constant;
    }

    String real(String constant, float value) {
        byte[] raw = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
        initializers.add(tensor(constant, FLOAT, raw, false));
        return constant;
    }

    /// The weights given so far.
    Map<String, float[]> weights() {
        return weights;
    }

    /// What belongs into the file of external weights.
    byte[] externalBytes() {
        return external.toByteArray();
    }

    /// A `GraphProto`.
    Proto toProto() {
        var graph = new Proto();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        initializers.forEach(tensor -> graph.message(5, tensor));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return graph;
    }

    /// A whole ONNX file.
    byte[] toModel() {
        return new Proto()
                .number(1, IR_VERSION)
                .text(2, "sage-bench")
                .message(7, toProto())
                .message(8, new Proto().text(1, "").number(2, OPSET))
                .toBytes();
    }

    private Proto tensor(String tensor, int type, byte[] raw, boolean outside, long... dims) {
        var message = new Proto();
        for (long dim : dims) {
            message.number(1, dim);
        }
        message.number(2, type).text(8, tensor);
        if (!outside) {
            return message.bytes(9, raw);
        }
        message.message(13, entry("location", externalFile))
                .message(13, entry("offset", Integer.toString(external.size())))
                .message(13, entry("length", Integer.toString(raw.length)))
                .number(14, EXTERNAL);
        external.writeBytes(raw);
        return message;
    }

    private static Proto entry(String key, String value) {
        return new Proto().text(1, key).text(2, value);
    }

    private static Proto valueInfo(String value, int type, Object... dims) {
        var shape = new Proto();
        for (Object dim : dims) {
            shape.message(1, dim instanceof Number size ? new Proto().number(1, size.longValue()) : new Proto().text(2, dim.toString()));
        }
        return new Proto().text(1, value).message(2, new Proto().message(1, new Proto().number(1, type).message(2, shape)));
    }

    private static byte[] littleEndian(long... values) {
        var raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return raw.array();
    }
}
