package io.sagebench.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The checked values of a policy's parameters: one for each parameter, given or default.
public final class PolicyParameters {
    private final Map<String, String> values;

    private PolicyParameters(Map<String, String> values) {
        this.values = values;
    }

    /// The given values, and the default for each parameter that is not given.
    ///
    /// @throws IllegalArgumentException when a name or a value is not one the factory's parameters allow; the message says all that is wrong
    public static PolicyParameters of(PolicyFactory factory, Map<String, String> given) {
        var values = new LinkedHashMap<String, String>();
        var problems = new ArrayList<String>();
        var unknown = new LinkedHashMap<>(given);
        for (PolicyParameter parameter : factory.parameters()) {
            unknown.remove(parameter.name());
            String value = given.getOrDefault(parameter.name(), parameter.defaultValue());
            parameter.problemWith(value).ifPresent(problems::add);
            values.put(parameter.name(), value);
        }
        for (String name : unknown.keySet()) {
            var known = factory.parameters().stream().map(PolicyParameter::name).toList();
            problems.add("policy " + factory.name() + " has no parameter '" + name + "'"
                    + (known.isEmpty() ? "; it has none" : "; it has " + String.join(", ", known)));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new PolicyParameters(values);
    }

    /// The value of a number parameter.
    public double number(String name) {
        return Double.parseDouble(word(name));
    }

    /// The value of a parameter, as text.
    public String word(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return value;
    }

    /// All values, in the order of the parameters.
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(values);
    }
}
