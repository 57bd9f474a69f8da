package io.sagebench.benchmark.config;

import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads parameters of policies, given as `NAME=VALUE` or `POLICY.NAME=VALUE` or in a file, and checks them against the policies.
final class PolicyParameterTexts {
    private static final String OPTION = "--policy-param";

    private final Policies policies;
    private final List<Problem> problems;
    private final List<Text> texts = new ArrayList<>();

    /// @param policy empty when none was named
    private record Text(String policy, String name, String value) {}

    PolicyParameterTexts(Policies policies, List<Problem> problems) {
        this.policies = policies;
        this.problems = problems;
    }

    /// Takes what one option gives.
    void take(String text) {
        int equals = text.indexOf('=');
        int dot = text.lastIndexOf('.', Math.max(0, equals));
        String policy = dot > 0 ? text.substring(0, dot) : "";
        if (equals < 1 || dot == 0 || dot == equals - 1) {
            problems.add(new Problem(OPTION, "must be of the form NAME=VALUE or POLICY.NAME=VALUE, but is '" + text + "'"));
            return;
        }
        texts.add(new Text(policy, text.substring(dot + 1, equals).strip(), text.substring(equals + 1).strip()));
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /// What the options say for a policy, checked.
    Map<String, String> of(String policy) {
        return of(List.of(policy)).getOrDefault(policy, Map.of());
    }

    /// What the options say for each of some policies, checked. A parameter without the name of a policy is for all of these that have it, which one
    /// must.
    Map<String, Map<String, String>> of(Collection<String> chosen) {
        var byPolicy = new LinkedHashMap<String, Map<String, String>>();
        for (Text text : texts) {
            List<String> meant = text.policy.isEmpty() ? having(text.name, chosen) : List.of(text.policy);
            if (!chosen.containsAll(meant)) {
                problems.add(new Problem(OPTION, "gives a parameter of the policy '" + text.policy + "', but "
                        + String.join(", ", chosen) + (chosen.size() == 1 ? " is" : " are") + " chosen"));
                continue;
            }
            for (String policy : meant) {
                if (byPolicy.computeIfAbsent(policy, _ -> new LinkedHashMap<>()).put(text.name, text.value) != null) {
                    problems.add(new Problem(OPTION, "gives '" + text.name + "' of the policy " + policy + " twice"));
                }
            }
        }
        byPolicy.forEach((policy, values) -> wrong(policy, values).ifPresent(message -> problems.add(new Problem(OPTION, message))));
        return byPolicy;
    }

    /// Those that have the parameter; where none does, all, of which one will complain.
    private List<String> having(String name, Collection<String> chosen) {
        List<String> with = chosen.stream()
                .filter(policy -> policies.named(policy).stream()
                        .flatMap(factory -> factory.parameters().stream())
                        .anyMatch(parameter -> parameter.name().equals(name)))
                .toList();
        return with.isEmpty() ? List.copyOf(chosen) : with;
    }

    /// What a group of a file says for a policy, checked.
    Map<String, String> fromFile(String policy, FieldGroup group, String key) {
        Map<String, String> values = group.texts(key, "names and values of parameters");
        wrong(policy, values).ifPresent(message -> group.sentence(key, message));
        return values;
    }

    private Optional<String> wrong(String policy, Map<String, String> values) {
        Optional<PolicyFactory> factory = policies.named(policy);
        if (factory.isEmpty()) {
            return Optional.empty(); // the name was complained of
        }
        try {
            PolicyParameters.of(factory.get(), values);
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }
}
