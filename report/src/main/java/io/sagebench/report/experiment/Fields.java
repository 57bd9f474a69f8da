package io.sagebench.report.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Names and their values, in the order they were put: what a file says, without its form. What is not known has no value, and is never 0.
public final class Fields {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    /// A number; not known unless finite.
    public Fields put(String name, double value) {
        values.put(name, Double.isFinite(value) ? value : null);
        return this;
    }

    /// A number that may not be known.
    public Fields put(String name, OptionalDouble value) {
        return put(name, value.orElse(Double.NaN));
    }

    /// A whole number.
    public Fields put(String name, long value) {
        values.put(name, value);
        return this;
    }

    /// Yes or no.
    public Fields put(String name, boolean value) {
        values.put(name, value);
        return this;
    }

    /// A text.
    public Fields put(String name, String value) {
        values.put(name, value);
        return this;
    }

    /// A group of its own.
    public Fields put(String name, Fields group) {
        values.put(name, group);
        return this;
    }

    /// Numbers, texts or groups.
    public Fields put(String name, List<?> items) {
        values.put(name, List.copyOf(items));
        return this;
    }

    /// Groups or values by name.
    public Fields put(String name, Map<String, ?> group) {
        values.put(name, new LinkedHashMap<>(group));
        return this;
    }

    /// Something that is not known.
    public Fields unknown(String name) {
        values.put(name, null);
        return this;
    }

    /// The value of that name; absent when it is not known, or there is none.
    public @Nullable Object get(String name) {
        return values.get(name);
    }

    /// All of it as maps, lists, texts, numbers, booleans and nulls.
    public Map<String, @Nullable Object> asMap() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Fields fields -> fields.asMap();
            case List<?> items -> items.stream().map(Fields::plain).toList();
            default -> value;
        };
    }
}
