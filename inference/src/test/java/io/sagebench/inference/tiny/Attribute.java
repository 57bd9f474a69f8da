package io.sagebench.inference.tiny;

/// An attribute of a node of an ONNX graph: fields of `AttributeProto`.
///
/// @param message the whole message
record Attribute(Proto message) {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int TEXT = 3;
    private static final int GRAPH = 5;
    private static final int INTS = 7;

    static Attribute of(String name, long value) {
        return new Attribute(begin(name, INT).number(3, value));
    }

    static Attribute of(String name, float value) {
        return new Attribute(begin(name, FLOAT).real(2, value));
    }

    static Attribute of(String name, String value) {
        return new Attribute(begin(name, TEXT).text(4, value));
    }

    static Attribute of(String name, OnnxGraph value) {
        return new Attribute(begin(name, GRAPH).message(6, value.toProto()));
    }

    static Attribute ofAll(String name, long... values) {
        Proto message = begin(name, INTS);
        for (long value : values) {
            message.number(8, value);
        }
        return new Attribute(message);
    }

    private static Proto begin(String name, int type) {
        return new Proto().text(1, name).number(20, type);
    }
}
