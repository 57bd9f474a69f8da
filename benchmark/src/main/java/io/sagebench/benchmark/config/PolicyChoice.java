package io.sagebench.benchmark.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Which policies are measured.
public final class PolicyChoice {
    private static final String ALL = "all";

    private final Values values;
    private final Collection<String> known;

    PolicyChoice(Values values, Collection<String> known) {
        this.values = values;
        this.known = List.copyOf(known);
    }

    /// How many a command measures.
    public enum HowMany {
        /// `run`
        ONE,
        /// `compare`
        SEVERAL
    }

    /// What is wrong with a name that no policy has.
    public static String unknown(String name, Collection<String> known) {
        return "unknown policy '" + name + "'" + DidYouMean.hint(known, name) + (DidYouMean.among(known, name).isPresent() ? "" : ";")
                + " 'sage-bench policies' lists them all";
    }

    List<String> policies(HowMany howMany) {
        return switch (howMany) {
            case ONE -> one();
            case SEVERAL -> several();
        };
    }

    /// Whether all policies are asked for, rather than some by name.
    boolean isAll(HowMany howMany) {
        return howMany == HowMany.SEVERAL
                && values.list(Setting.POLICIES).orElse(List.of()).stream()
                        .anyMatch(item -> values.text(item, "a list of policy names").filter(ALL::equals).isPresent());
    }

    private List<String> one() {
        Optional<Given> single = values.given(Setting.POLICY);
        if (single.isPresent()) {
            return values.text(Setting.POLICY).map(name -> checked(name, single.get())).orElse(List.of(Defaults.MEASURED));
        }
        List<String> listed = listed();
        if (listed.size() > 1) {
            values.problem(
                    values.origin(Setting.POLICIES).orElseThrow(),
                    "names " + listed.size() + " policies, but 'run' measures one: give it with --policy, or use 'compare'");
        }
        return listed.isEmpty() ? List.of(Defaults.MEASURED) : listed.subList(0, 1);
    }

    private List<String> several() {
        if (values.given(Setting.POLICIES).isPresent()) {
            List<String> listed = listed();
            values.given(Setting.POLICY).ifPresent(_ -> one()); // a mistake in what is for 'run' is a mistake here too
            return listed.isEmpty() ? Defaults.COMPARED : listed;
        }
        return values.given(Setting.POLICY).isPresent() ? one() : Defaults.COMPARED;
    }

    private List<String> listed() {
        var names = new ArrayList<String>();
        for (Given item : values.list(Setting.POLICIES).orElse(List.of())) {
            Optional<String> name = values.text(item, "a list of policy names");
            if (name.isEmpty()) {
                continue;
            }
            if (name.get().equals(ALL)) {
                return List.copyOf(known);
            }
            if (names.contains(name.get())) {
                values.sentence(item.origin(), "policy '" + name.get() + "' is named twice");
            } else {
                names.addAll(checked(name.get(), item));
            }
        }
        return names;
    }

    private List<String> checked(String name, Given where) {
        if (!known.contains(name)) {
            values.sentence(where.origin(), unknown(name, known));
        }
        return List.of(name);
    }
}
