package io.sagebench.benchmark.config;

import io.sagebench.benchmark.AskedModels;
import io.sagebench.benchmark.BenchmarkConfig.FleetConfig;
import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which simulated engines there are: in groups, or so many of one profile. The way given closer to the command wins.
final class FleetChoice {
    private static final int MOST_INSTANCES = 10_000;

    private final Values values;

    FleetChoice(Values values) {
        this.values = values;
    }

    /// @param problems gets what is wrong with it
    /// @param asked    the models that the load asks for
    FleetConfig fleet(List<Problem> problems, AskedModels asked) {
        int before = problems.size();
        Optional<Integer> maxNumSeqs = values.whole(Setting.MAX_NUM_SEQS, 1);
        FleetConfig fleet = inGroups() ? groups(problems, maxNumSeqs) : alike(problems, maxNumSeqs, asked);
        if (problems.size() > before) {
            return fleet;
        }
        Optional<Origin> given = values.origin(inGroups() ? Setting.SIMULATED : Setting.ENGINE_PROFILE);
        given.ifPresent(origin -> DefaultFleet.problemsWith(fleet, asked).forEach(problem -> values.sentence(origin, problem)));
        values.origin(Setting.MAX_NUM_SEQS)
                .filter(_ -> given.isPresent() && !DefaultFleet.takesMaxNumSeqs(fleet))
                .ifPresent(origin -> values.sentence(origin, "max_num_seqs is for engines with one model, and there are none"));
        return fleet;
    }

    /// The target with engines in groups: an unknown server has engines of its own.
    Target targetOf(Target target, List<String> notes) {
        if (!inGroups()) {
            return target;
        }
        return switch (target) {
            case Target.Http(var url) -> {
                values.sentence(
                        values.origin(Setting.SIMULATED).orElseThrow(),
                        "simulated engines are given, but " + url
                                + " is a server of its own; use '-c embedded' or --simulate, or 'sage-bench serve --simulated' there");
                yield target;
            }
            case Target.Automatic _ -> {
                notes.add("with simulated engines given, the shipped control plane is measured (-c embedded)");
                yield new Target.Embedded();
            }
            case Target.Embedded _, Target.Simulated _ -> target;
        };
    }

    private boolean inGroups() {
        return rank(Setting.SIMULATED) < Integer.MAX_VALUE
                && rank(Setting.SIMULATED) <= Math.min(rank(Setting.INSTANCES), rank(Setting.ENGINE_PROFILE));
    }

    private FleetConfig groups(List<Problem> problems, Optional<Integer> maxNumSeqs) {
        Origin origin = values.origin(Setting.SIMULATED).orElseThrow();
        Stream.of(Setting.INSTANCES, Setting.ENGINE_PROFILE)
                .filter(other -> rank(other) == rank(Setting.SIMULATED))
                .findFirst()
                .ifPresent(other -> values.sentence(
                        origin, "says how many engines there are of which profile, but " + other.key() + " is given too; leave one of them out"));
        var texts = new ArrayList<String>();
        for (Given item : values.list(Setting.SIMULATED).orElse(List.of())) {
            values.text(item, "a list of engines such as 3xllama3-8b-a100").ifPresent(texts::add);
        }
        List<EngineGroup> groups = EngineGroups.read(texts, origin, problems);
        return groups.isEmpty()
                ? new FleetConfig(Defaults.INSTANCES, Defaults.PROFILE, maxNumSeqs)
                : new FleetConfig(groups, maxNumSeqs);
    }

    private FleetConfig alike(List<Problem> problems, Optional<Integer> maxNumSeqs, AskedModels asked) {
        String profile = values.text(Setting.ENGINE_PROFILE).orElse(Defaults.PROFILE);
        if (!DefaultFleet.isOfAnotherKind(profile)) {
            values.origin(Setting.ENGINE_PROFILE)
                    .ifPresent(origin -> problems.addAll(ConfigDraft.problemsWithProfile(profile, origin)));
        }
        var groups = new ArrayList<EngineGroup>();
        int instances = values.whole(Setting.INSTANCES, Defaults.INSTANCES, 1, MOST_INSTANCES);
        if (asked.generates()) {
            groups.add(new EngineGroup(instances, profile));
        }
        if (asked.embeds()) {
            groups.add(new EngineGroup(1, DefaultFleet.EMBEDDING_PROFILE));
        }
        return new FleetConfig(groups, maxNumSeqs);
    }

    private int rank(Setting setting) {
        return values.origin(setting).map(Origin::rank).orElse(Integer.MAX_VALUE);
    }
}
