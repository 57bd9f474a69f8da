package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes what a Java program gives for a setting: a text as an option would have it, a number, a boolean, a [Duration], a path, or a list or a map of
/// these.
final class FieldValue {
    private static final int NANO_DIGITS = 9;
    private static final int MILLI_DIGITS = 6;

    private final Origin origin;
    private final List<Problem> problems;

    FieldValue(Origin origin, List<Problem> problems) {
        this.origin = origin;
        this.problems = problems;
    }

    Optional<Given> read(Setting setting, Object value) {
        return value instanceof String text ? new OptionText(origin, problems).read(setting.shape(), text) : Optional.of(given(setting, value));
    }

    private Given given(Setting setting, Object value) {
        return switch (value) {
            case Collection<?> items -> {
                var all = new ArrayList<Given>();
                items.forEach(item -> all.add(given(setting, item)));
                yield new Items(origin, all);
            }
            case Map<?, ?> entries -> {
                var all = new LinkedHashMap<String, Given>();
                entries.forEach((name, entry) -> all.put(String.valueOf(name), given(setting, entry)));
                yield new Fields(origin, all);
            }
            case Duration span -> number(BigDecimal.valueOf(span.toNanos(), setting.key().endsWith("_ms") ? MILLI_DIGITS : NANO_DIGITS));
            case Double real when !Double.isFinite(real) -> new Scalar(origin, Form.NUMBER, real.toString());
            case Double real -> number(BigDecimal.valueOf(real));
            case Number whole -> new Scalar(origin, Form.NUMBER, whole.toString());
            case Boolean flag -> new Scalar(origin, Form.BOOLEAN, flag.toString());
            case Path path -> new Scalar(origin, Form.TEXT, path.toString());
            default -> new Scalar(origin, Form.UNTYPED, value.toString());
        };
    }

    private Given number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return new Scalar(origin, Form.NUMBER, plain.toPlainString());
    }
}
