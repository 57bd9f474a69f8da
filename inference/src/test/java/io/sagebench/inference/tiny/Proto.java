package io.sagebench.inference.tiny;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// One message of Protocol Buffers, written field by field.
final class Proto {
    /// Writes one field.
    private interface Field {
        void write(CodedOutputStream out) throws IOException;
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Proto number(int field, long value) {
        return add(out -> out.writeInt64(field, value));
    }

    Proto real(int field, float value) {
        return add(out -> out.writeFloat(field, value));
    }

    Proto text(int field, String value) {
        return add(out -> out.writeString(field, value));
    }

    Proto bytes(int field, byte[] value) {
        return add(out -> out.writeByteArray(field, value));
    }

    Proto message(int field, Proto value) {
        return bytes(field, value.toBytes());
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private Proto add(Field field) {
        try {
            var out = CodedOutputStream.newInstance(bytes);
            field.write(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }
}
