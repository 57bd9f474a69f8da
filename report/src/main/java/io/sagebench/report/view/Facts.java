package io.sagebench.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/// Part of a results file, asked by path: `number("e2e_latency_ms.p99")`. A name that is not there, is null, or is of another type is absent.
///
/// @param json what it looks at; a missing node when the file lacks the part
public record Facts(JsonNode json) {

    /// A number that is known and finite. Names in the path are parted by dots.
    public OptionalDouble number(String path) {
        return at(path).number();
    }

    /// The same of this part itself.
    public OptionalDouble number() {
        return json.isNumber() && Double.isFinite(json.doubleValue()) ? OptionalDouble.of(json.doubleValue()) : OptionalDouble.empty();
    }

    /// A text that is known and not empty.
    public Optional<String> text(String path) {
        JsonNode found = at(path).json;
        return found.isString() && !found.stringValue().isEmpty() ? Optional.of(found.stringValue()) : Optional.empty();
    }

    /// Whether something is said to be so.
    public boolean isTrue(String path) {
        return at(path).json.asBoolean(false);
    }

    /// The part below a path.
    public Facts at(String path) {
        JsonNode found = json;
        for (String name : path.split("\\.", -1)) {
            found = found.path(name);
        }
        return new Facts(found);
    }

    /// The part with exactly this name, which may have dots in it: a model, a tenant, a rate.
    public Facts named(String name) {
        return new Facts(json.path(name));
    }

    /// The names in an object, in their order.
    public List<String> names() {
        var names = new ArrayList<String>();
        json.properties().forEach(entry -> names.add(entry.getKey()));
        return names;
    }

    /// The members of a list.
    public List<Facts> each() {
        var each = new ArrayList<Facts>();
        if (json.isArray()) {
            json.forEach(one -> each.add(new Facts(one)));
        }
        return each;
    }

    /// The texts of a list.
    public List<String> texts(String path) {
        var texts = new ArrayList<String>();
        at(path).each().forEach(one -> {
            if (one.json.isString()) {
                texts.add(one.json.stringValue());
            }
        });
        return texts;
    }

    /// Whether there is anything.
    public boolean isPresent() {
        return !json.isMissingNode() && !json.isNull();
    }
}
