package io.sagebench.report.json;

import java.io.OutputStream;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How our JSON is written: two spaces a level, milliseconds for times, and null for what is not a finite number.
final class Json {
    static final JsonMapper MAPPER =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    private static final double NANOS_PER_MILLI = 1e6;

    private Json() {}

    static JsonGenerator indented(OutputStream out) {
        var separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator("");
        return MAPPER.writer().with(new DefaultPrettyPrinter(separators)).createGenerator(out);
    }

    static JsonGenerator compact(OutputStream out) {
        return MAPPER.writer().withRootValueSeparator("\n").createGenerator(out);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static @Nullable Double finite(OptionalDouble value) {
        return value.isPresent() ? finite(value.getAsDouble()) : null;
    }

    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static @Nullable Double millis(OptionalLong nanos) {
        return nanos.isPresent() ? millis((double) nanos.getAsLong()) : null;
    }

    static @Nullable Double millis(OptionalDouble nanos) {
        return nanos.isPresent() ? millis(nanos.getAsDouble()) : null;
    }

    static @Nullable Double millis(double nanos) {
        return finite(nanos / NANOS_PER_MILLI);
    }
}
