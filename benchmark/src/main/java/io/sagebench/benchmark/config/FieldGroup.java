package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The keys of one group in a file, read as what they should be. What is wrong is added to the problems: keys that do not exist at once, and
/// values when they are asked for.
final class FieldGroup {
    private final String path;
    private final Origin origin;
    private final Map<String, Given> fields;
    private final Values values;
    private final List<Problem> problems;

    private FieldGroup(String path, Origin origin, Map<String, Given> fields, List<Problem> problems) {
        this.path = path;
        this.origin = origin;
        this.fields = fields;
        this.values = new Values(Map.of(), problems);
        this.problems = problems;
    }

    /// The keys of a whole file.
    static FieldGroup ofFile(Fields all, List<String> known, List<Problem> problems) {
        var group = new FieldGroup("", all.origin(), all.fields(), problems);
        group.refuseUnknown(known);
        return group;
    }

    /// The group of keys under `key`; absent when it is not given.
    Optional<FieldGroup> group(String key, List<String> known) {
        Given value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Fields(Origin at, Map<String, Given> inside))) {
            return values.wrong(value, "a group of keys such as " + known.getFirst());
        }
        var group = new FieldGroup(path + key + ".", at, inside, problems);
        group.refuseUnknown(known);
        return Optional.of(group);
    }

    /// The groups of keys in the list under `key`; none when it is not given.
    List<FieldGroup> groups(String key, List<String> known) {
        Given value = fields.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Items(Origin _, List<Given> items))) {
            values.wrong(value, "a list of groups of keys such as " + known.getFirst());
            return List.of();
        }
        var groups = new ArrayList<FieldGroup>();
        for (Given item : items) {
            if (item instanceof Fields(Origin at, Map<String, Given> inside)) {
                var group = new FieldGroup(path + key + "[" + (groups.size() + 1) + "].", at, inside, problems);
                group.refuseUnknown(known);
                groups.add(group);
            } else {
                values.wrong(item, "a group of keys such as " + known.getFirst());
            }
        }
        return groups;
    }

    /// The groups of keys under `key`, by names that are free.
    Map<String, FieldGroup> named(String key, List<String> known) {
        var groups = new LinkedHashMap<String, FieldGroup>();
        entries(key, "names with a group of keys each").forEach((name, value) -> {
            if (value instanceof Fields(Origin at, Map<String, Given> inside)) {
                var group = new FieldGroup(path + key + "." + name + ".", at, inside, problems);
                group.refuseUnknown(known);
                groups.put(name, group);
            } else {
                values.wrong(value, "a group of keys such as " + known.getFirst());
            }
        });
        return groups;
    }

    /// Names and texts under `key`, in their order; numbers and the like as they were written.
    Map<String, String> texts(String key, String expected) {
        var texts = new LinkedHashMap<String, String>();
        entries(key, expected).forEach((name, value) -> values.text(value, "a value for '" + name + "'")
                .ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private Map<String, Given> entries(String key, String expected) {
        Given value = fields.get(key);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Fields(Origin _, Map<String, Given> inside)) {
            return inside;
        }
        values.wrong(value, expected);
        return Map.of();
    }

    /// The texts of a list under `key`, or the one text in its place.
    List<String> words(String key, String expected) {
        Given value = fields.get(key);
        List<Given> items = switch (value) {
            case null -> List.of();
            case Items(Origin _, List<Given> listed) -> listed;
            case Scalar one -> List.of(one);
            case Fields _ -> {
                values.wrong(value, expected);
                yield List.of();
            }
        };
        return items.stream().flatMap(item -> values.text(item, expected).stream()).toList();
    }

    /// A time above 0: seconds, or with a unit.
    Optional<Duration> duration(String key) {
        Given value = fields.get(key);
        return value == null ? Optional.empty() : values.duration(value);
    }

    OptionalInt whole(String key, int least, int most) {
        Given value = fields.get(key);
        Optional<Integer> read = value == null ? Optional.empty() : values.whole(value, least, most);
        return read.isPresent() ? OptionalInt.of(read.get()) : OptionalInt.empty();
    }

    OptionalLong wholeLong(String key, long least) {
        Given value = fields.get(key);
        Optional<Long> read = value == null ? Optional.empty() : values.wholeLong(value, least);
        return read.isPresent() ? OptionalLong.of(read.get()) : OptionalLong.empty();
    }

    /// Whether the key holds a group of keys rather than a single value.
    boolean isGroup(String key) {
        return fields.get(key) instanceof Fields;
    }

    /// Whether the key holds a list of nothing.
    boolean isEmptyList(String key) {
        return fields.get(key) instanceof Items(Origin _, List<Given> items) && items.isEmpty();
    }

    private void refuseUnknown(List<String> known) {
        fields.forEach((key, value) -> {
            if (!known.contains(key)) {
                String hint = DidYouMean.hint(known, key);
                problems.add(value.origin().sentence("unknown key '" + path + key + "'"
                        + (hint.isEmpty() ? "; there are " + String.join(", ", known) : hint)));
            }
        });
    }

    boolean has(String key) {
        return fields.containsKey(key);
    }

    /// Whether the key holds just this word.
    boolean says(String key, String word) {
        return fields.get(key) instanceof Scalar(Origin _, Form _, String text) && text.equals(word);
    }

    /// What is given under the key, whatever it is.
    Optional<Given> given(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    Optional<String> text(String key, String expected) {
        Given value = fields.get(key);
        return value == null ? Optional.empty() : values.text(value, expected);
    }

    OptionalInt whole(String key, int least) {
        Given value = fields.get(key);
        Optional<Integer> read = value == null ? Optional.empty() : values.whole(value, least);
        return read.isPresent() ? OptionalInt.of(read.get()) : OptionalInt.empty();
    }

    /// A finite number of at least 0.
    OptionalDouble notNegative(String key) {
        return number(key, 0, Double.MAX_VALUE, "at least 0");
    }

    /// A finite number above 0.
    OptionalDouble positive(String key) {
        return number(key, Double.MIN_VALUE, Double.MAX_VALUE, "above 0");
    }

    OptionalDouble number(String key, double least, double most, String expected) {
        Given value = fields.get(key);
        Optional<Double> read = value == null
                ? Optional.empty()
                : values.number(value, expected, number -> number >= least && number <= most);
        return read.isPresent() ? OptionalDouble.of(read.get()) : OptionalDouble.empty();
    }

    Optional<Boolean> flag(String key) {
        Given value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        }
        return value instanceof Scalar(Origin _, Form form, String text) && form == Form.BOOLEAN
                ? Optional.of(text.equals("true"))
                : values.wrong(value, "true or false");
    }

    /// Says that a key is missing, if it is: with a wrong value it was complained of already.
    void require(String key, String why) {
        if (!has(key)) {
            problems.add(origin.sentence("'" + path + key + "' is missing; " + why));
        }
    }

    /// Says what is wrong by a whole sentence, at the line of a key that is there.
    void sentence(String key, String message) {
        Given value = fields.get(key);
        problems.add((value == null ? origin : value.origin()).sentence(message));
    }

    /// Says what is wrong with the value of a key that is there.
    void wrong(String key, String message) {
        Given value = fields.get(key);
        Origin at = value == null ? origin : value.origin();
        problems.add(at.sentence("'" + path + key + "' " + message));
    }
}
