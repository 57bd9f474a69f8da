package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.FleetConfig;
import io.sagebench.benchmark.config.ProfileSource;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.engine.sim.multimodel.ModelSwitchingEngine;
import io.sagebench.engine.sim.multimodel.MultiModelProfiles;
import io.sagebench.engine.sim.multimodel.SwitchingLimits;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    private DefaultFleet() {}

    /// The profile of a fleet's engines, with its batch limit; absent when there is none by that name or in that file.
    public static Optional<EngineProfile> profileOf(FleetConfig fleet) {
        return ProfileSource.find(fleet.profile())
                .map(profile -> profile.withMaxNumSeqs(fleet.maxNumSeqs()
                        .orElse(profile.name().equals(PROFILE)
                                ? MAX_NUM_SEQS
                                : profile.scheduler().maxNumSeqs())));
    }

    /// One engine of any kind by the name of its profile, or the file it is in: one that generates, one that embeds, or a card with several models;
    /// under the models of the profile. Absent when there is none by that name.
    static Optional<Engine> simulated(Timeline timeline, int number, String profile, Seed seed) {
        return simulated(timeline, new EngineId("engine-" + number), profile, seed.child("engines").child(number));
    }

    /// The same by its name.
    ///
    /// @param own what it leaves to chance
    static Optional<Engine> simulated(Timeline timeline, EngineId id, String profile, Seed own) {
        Optional<Engine> embedding = EmbeddingProfiles.named(profile)
                .map(found -> new EmbeddingEngine(timeline, id, ServedModels.of(found.model()), found));
        Optional<Engine> card = MultiModelProfiles.named(profile)
                .map(found -> ModelSwitchingEngine.simulated(timeline, id, found, SwitchingLimits.DEFAULT));
        return embedding.or(() -> card).or(() -> profileOf(new FleetConfig(1, profile, Optional.empty()))
                .map(found -> new SimulatedEngine(timeline, id, ServedModels.of(found.model()), found, own)));
    }

    /// Whether there is an engine by the name of that profile that does not only generate, see [#simulated].
    public static boolean isOfAnotherKind(String profile) {
        return EmbeddingProfiles.named(profile).isPresent() || MultiModelProfiles.named(profile).isPresent();
    }

    /// The engines, named `engine-1`, `engine-2` and so on, each serving all of `models`.
    ///
    /// @param seed the run's
    static List<Engine> engines(
            Timeline timeline, FleetConfig fleet, EngineProfile profile, Set<String> models, Seed seed) {
        var engines = new ArrayList<Engine>();
        for (int number = 1; number <= fleet.instances(); number++) {
            engines.add(engine(timeline, number, new ServedModels(models), profile, seed));
        }
        return engines;
    }

    /// What the engines of a configuration's fleet are, without using them.
    static List<EngineDescription> descriptions(BenchmarkConfig config, EngineProfile profile) {
        return engines(
                        new VirtualTimeline(),
                        config.fleet(),
                        profile,
                        config.workload().models().shares().keySet(),
                        new Seed(config.seed()))
                .stream()
                .map(Engine::description)
                .toList();
    }

    /// One engine of a fleet, with its number in its name and in what it leaves to chance.
    static Engine engine(Timeline timeline, int number, ServedModels models, EngineProfile profile, Seed seed) {
        var id = new EngineId("engine-" + number);
        return new SimulatedEngine(timeline, id, models, profile, seed.child("engines").child(number));
    }

    /// The fleet in a few words, for example `3 x qwen2.5-0.5b-a100, max_num_seqs 7`.
    static String describe(FleetConfig fleet, EngineProfile profile) {
        return fleet.instances() + " x " + profile.name() + ", max_num_seqs " + profile.scheduler().maxNumSeqs();
    }
}
