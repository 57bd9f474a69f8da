package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.FleetConfig;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.config.ProfileSource;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfile;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.engine.sim.multimodel.ModelSwitchingEngine;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.engine.sim.multimodel.MultiModelProfiles;
import io.sagebench.engine.sim.multimodel.SwitchingLimits;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The simulated engines behind the embedded and the simulated control plane, and what they are unless asked for otherwise.
///
/// The defaults make the default deadlines (500, 1000 and 2000 ms) mean something: a small model answers 50 to 200 tokens in 0.1 to 0.4 s, so
/// that nearly every request meets its deadline at 10 requests per second; and with [#MAX_NUM_SEQS] sequences each, three engines are just
/// saturated at 100 requests per second (they serve 88), where policies differ, while two cores still carry the live run.
public final class DefaultFleet {
    /// How many engines.
    public static final int INSTANCES = 3;
    /// What each is.
    public static final String PROFILE = "qwen2.5-0.5b-a100";
    /// The most sequences each runs at once, with the default profile.
    public static final int MAX_NUM_SEQS = 7;
    /// What embeds, beside them, when a load has texts to embed.
    public static final String EMBEDDING_PROFILE = "bge-m3-a100";

    private DefaultFleet() {}

    /// What a simulated engine is.
    sealed interface Kind {
        /// One model that generates.
        record Generating(EngineProfile profile) implements Kind {}

        /// One model that embeds.
        record Embedding(EmbeddingProfile profile) implements Kind {}

        /// A card that several models share.
        record Card(MultiModelProfile profile) implements Kind {}
    }

    /// The profile of an engine with one model that generates, with its batch limit; absent when there is none by that name or in that file.
    public static Optional<EngineProfile> profileOf(String nameOrPath, Optional<Integer> maxNumSeqs) {
        return ProfileSource.find(nameOrPath)
                .map(profile -> profile.withMaxNumSeqs(maxNumSeqs.orElse(
                        profile.name().equals(PROFILE) ? MAX_NUM_SEQS : profile.scheduler().maxNumSeqs())));
    }

    /// An engine of any kind by the name of its profile, or the file it is in; absent when there is none by that name.
    static Optional<Kind> kindOf(String nameOrPath, Optional<Integer> maxNumSeqs) {
        Optional<Kind> embedding = EmbeddingProfiles.named(nameOrPath).map(Kind.Embedding::new);
        Optional<Kind> card = MultiModelProfiles.named(nameOrPath).map(Kind.Card::new);
        return embedding.or(() -> card).or(() -> profileOf(nameOrPath, maxNumSeqs).map(Kind.Generating::new));
    }

    /// One engine of any kind, see [#kindOf], under the models of its profile.
    static Optional<Engine> simulated(Timeline timeline, int number, String nameOrPath, Seed seed) {
        return simulated(timeline, idOf(number), nameOrPath, ownOf(number, seed));
    }

    /// The same by its name.
    ///
    /// @param own what it leaves to chance
    static Optional<Engine> simulated(Timeline timeline, EngineId id, String nameOrPath, Seed own) {
        return kindOf(nameOrPath, Optional.empty()).map(kind -> engine(timeline, id, kind, namesOf(kind), own));
    }

    /// Whether there is an engine by the name of that profile that does not only generate with one model, see [#kindOf].
    public static boolean isOfAnotherKind(String profile) {
        return EmbeddingProfiles.named(profile).isPresent() || MultiModelProfiles.named(profile).isPresent();
    }

    /// The engines, named `engine-1`, `engine-2` and so on. A card answers to the models of its profile. An engine with one model answers to that one
    /// where the load asks for it, and to each name asked for of its kind, generating or embedding, that no profile of the fleet has.
    ///
    /// @param asked the models that the load asks for
    /// @param seed  the run's
    /// @throws IllegalArgumentException when a profile does not exist
    static List<Engine> engines(Timeline timeline, FleetConfig fleet, AskedModels asked, Seed seed) {
        var engines = new ArrayList<Engine>();
        AskedModels nobodys = nobodys(fleet, asked);
        for (EngineGroup group : fleet.groups()) {
            Kind kind = existing(group, fleet);
            Set<String> answers = answers(kind, asked, nobodys);
            for (int i = 0; i < group.count(); i++) {
                int number = engines.size() + 1;
                engines.add(engine(timeline, idOf(number), kind, answers, ownOf(number, seed)));
            }
        }
        return engines;
    }

    /// What makes no sense about sending requests for these models to a fleet whose profiles exist.
    ///
    /// @param asked the models that the load asks for
    public static List<String> problemsWith(FleetConfig fleet, AskedModels asked) {
        var problems = new ArrayList<String>();
        AskedModels nobodys = nobodys(fleet, asked);
        for (EngineGroup group : fleet.groups()) {
            Kind kind = existing(group, fleet);
            // a name that no profile has goes to engines with one model; without such it is the name that is wrong, not the engine
            boolean namesAreWrong = !ofItsKind(kind, nobodys).isEmpty() && kind instanceof Kind.Card && !takesMaxNumSeqs(fleet);
            if (!namesAreWrong) {
                problemWith(group, kind, asked, nobodys).ifPresent(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            return problems;
        }
        var kinds = fleet.groups().stream().map(group -> existing(group, fleet)).toList();
        boolean embeds = kinds.stream().anyMatch(Kind.Embedding.class::isInstance);
        if (asked.embeds() && !embeds) {
            problems.add("no engine embeds, but texts are sent; add one such as 1x" + EMBEDDING_PROFILE);
        }
        if (asked.generates() && kinds.stream().allMatch(Kind.Embedding.class::isInstance)) {
            problems.add("no engine generates, but prompts are sent; add one such as 1x" + PROFILE);
        }
        if (problems.isEmpty() && !takesMaxNumSeqs(fleet)) {
            var names = new TreeSet<String>();
            kinds.stream().filter(kind -> !(kind instanceof Kind.Embedding)).forEach(kind -> names.addAll(namesOf(kind)));
            nobodys.generating().stream()
                    .filter(model -> !model.equals(ServedModels.ANY))
                    .map(model -> "no engine has the model '" + model + "'; there are " + String.join(", ", names))
                    .forEach(problems::add);
        }
        return problems;
    }

    /// Why no request would go to the engines of a group, if none would.
    private static Optional<String> problemWith(EngineGroup group, Kind kind, AskedModels asked, AskedModels nobodys) {
        Set<String> ofItsKind = ofItsKind(kind, asked);
        if (ofItsKind.isEmpty()) {
            return Optional.of(
                    kind instanceof Kind.Embedding
                            ? group.profile() + " only embeds, but no texts are sent; they are with --mode hybrid"
                            : group.profile() + " only generates, but no prompts are sent");
        }
        return ofItsKind.stream().anyMatch(new ServedModels(answers(kind, asked, nobodys))::serves)
                ? Optional.empty()
                : Optional.of("no request would go to " + group.profile() + ", which has " + String.join(", ", namesOf(kind))
                        + "; asked for are " + String.join(", ", ofItsKind));
    }

    /// Whether some engine of a fleet whose profiles exist has one model, whatever its name: it takes a limit on its sequences.
    public static boolean takesMaxNumSeqs(FleetConfig fleet) {
        return fleet.groups().stream().anyMatch(group -> existing(group, fleet) instanceof Kind.Generating);
    }

    /// What the engines of a configuration's fleet are, without using them.
    static List<EngineDescription> descriptions(BenchmarkConfig config) {
        return engines(
                        new VirtualTimeline(),
                        config.fleet(),
                        AskedModels.of(config.workload()),
                        new Seed(config.seed()))
                .stream()
                .map(Engine::description)
                .toList();
    }

    /// The fleet in a few words, for example `3 x qwen2.5-0.5b-a100, max_num_seqs 7`.
    static String describe(FleetConfig fleet) {
        return fleet.groups().stream()
                .map(group -> group.count() + " x "
                        + switch (existing(group, fleet)) {
                            case Kind.Generating(EngineProfile profile) ->
                                profile.name() + ", max_num_seqs " + profile.scheduler().maxNumSeqs();
                            case Kind.Embedding(EmbeddingProfile profile) -> profile.name();
                            case Kind.Card(MultiModelProfile profile) -> profile.name();
                        })
                .collect(Collectors.joining("; "));
    }

    private static EngineId idOf(int number) {
        return new EngineId("engine-" + number);
    }

    private static Seed ownOf(int number, Seed seed) {
        return seed.child("engines").child(number);
    }

    private static Engine engine(Timeline timeline, EngineId id, Kind kind, Set<String> models, Seed own) {
        return switch (kind) {
            case Kind.Generating(EngineProfile profile) ->
                new SimulatedEngine(timeline, id, new ServedModels(models), profile, own);
            case Kind.Embedding(EmbeddingProfile profile) ->
                new EmbeddingEngine(timeline, id, new ServedModels(models), profile);
            case Kind.Card(MultiModelProfile profile) ->
                ModelSwitchingEngine.simulated(timeline, id, profile, SwitchingLimits.DEFAULT);
        };
    }

    private static Kind existing(EngineGroup group, FleetConfig fleet) {
        return kindOf(group.profile(), fleet.maxNumSeqs())
                .orElseThrow(() -> new IllegalArgumentException(ProfileSource.problemsWith(group.profile())));
    }

    /// The models of its profile.
    private static Set<String> namesOf(Kind kind) {
        return switch (kind) {
            case Kind.Generating(EngineProfile profile) -> Set.of(profile.model());
            case Kind.Embedding(EmbeddingProfile profile) -> EmbeddingProfiles.namesOfModel(profile);
            case Kind.Card(MultiModelProfile profile) -> profile.models();
        };
    }

    /// The names asked for that no profile of their kind has.
    private static AskedModels nobodys(FleetConfig fleet, AskedModels asked) {
        var generating = new TreeSet<>(asked.generating());
        var embedding = new TreeSet<>(asked.embedding());
        for (EngineGroup group : fleet.groups()) {
            Kind kind = existing(group, fleet);
            (kind instanceof Kind.Embedding ? embedding : generating).removeAll(namesOf(kind));
        }
        return new AskedModels(generating, embedding);
    }

    private static Set<String> ofItsKind(Kind kind, AskedModels models) {
        return kind instanceof Kind.Embedding ? models.embedding() : models.generating();
    }

    /// The names an engine answers to; those of its profile when no other is asked for.
    private static Set<String> answers(Kind kind, AskedModels asked, AskedModels nobodys) {
        if (kind instanceof Kind.Card) {
            return namesOf(kind);
        }
        var answers = new TreeSet<>(namesOf(kind));
        answers.retainAll(ofItsKind(kind, asked));
        answers.addAll(ofItsKind(kind, nobodys));
        return answers.isEmpty() ? namesOf(kind) : answers;
    }
}
