package io.sagebench.benchmark.scenario;

import io.sagebench.benchmark.VirtualMeasurement;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.PricedEngine;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.Batching;
import io.sagebench.engine.sim.embedding.EmbeddingProfile;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.engine.sim.multimodel.ModelSwitchingEngine;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.engine.sim.multimodel.SwitchingLimits;
import io.sagebench.metrics.EnginePrices;
import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import io.sagebench.time.Timeline;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// The simulated engines of a scenario and their prices. They are named by their kind and number, for example `llama3-8b-a100-2`.
///
/// @param members in the order in which policies see them
public record ScenarioFleet(List<Member> members) implements VirtualMeasurement.Fleet {
    public ScenarioFleet {
        members = List.copyOf(members);
        Check.atLeast(1, members.size(), "the number of engines");
    }

    /// One engine.
    public sealed interface Member {
        /// What all its GPUs together cost.
        double usdPerHour();

        /// Its kind, for its name and for people.
        String kind();

        /// A language model.
        ///
        /// @param model the name it answers to
        record Llm(String model, EngineProfile profile, double usdPerHour) implements Member {
            @Override
            public String kind() {
                return profile.name();
            }
        }

        /// An embedding server.
        ///
        /// @param model the name it answers to
        record Embedding(String model, EmbeddingProfile profile, double usdPerHour) implements Member {
            @Override
            public String kind() {
                return profile.name();
            }
        }

        /// A card that several models share.
        record Card(MultiModelProfile profile, double usdPerHour) implements Member {
            @Override
            public String kind() {
                return profile.name();
            }
        }
    }

    /// `count` equal engines for a model.
    static List<Member> llms(int count, String model, String profile, int maxNumSeqs, double usdPerHour) {
        var members = new ArrayList<Member>();
        for (int i = 0; i < count; i++) {
            members.add(new Member.Llm(
                    model, EngineProfiles.named(profile).orElseThrow().withMaxNumSeqs(maxNumSeqs), usdPerHour));
        }
        return members;
    }

    /// An embedding server for a model.
    ///
    /// @param maxTexts the most texts in it at a time, so that what waits, waits at the gateway
    static Member embedding(String model, String profile, int maxTexts, double usdPerHour) {
        EmbeddingProfile shipped = EmbeddingProfiles.named(profile).orElseThrow();
        Batching all = shipped.batching();
        var limited = new Batching(
                all.maxBatchTokens(), all.maxBatchRequests(), all.maxModelLen(), maxTexts, all.padded(), all.maxWaitNanos());
        return new Member.Embedding(model, shipped.with(limited), usdPerHour);
    }

    /// `count` equal cards that several models share.
    static List<Member> cards(int count, MultiModelProfile profile, double usdPerHour) {
        var members = new ArrayList<Member>();
        for (int i = 0; i < count; i++) {
            members.add(new Member.Card(profile, usdPerHour));
        }
        return members;
    }

    @Override
    public List<Engine> engines(Timeline timeline, Seed seed) {
        var engines = new ArrayList<Engine>();
        for (int i = 0; i < members.size(); i++) {
            engines.add(engine(timeline, members.get(i), idOf(i), seed.child(i)));
        }
        return engines;
    }

    private static Engine engine(Timeline timeline, Member member, EngineId id, Seed seed) {
        return switch (member) {
            case Member.Llm(String model, EngineProfile profile, double price) ->
                new PricedEngine(new SimulatedEngine(timeline, id, ServedModels.of(model), profile, seed), price);
            case Member.Embedding(String model, EmbeddingProfile profile, double price) ->
                new PricedEngine(new EmbeddingEngine(timeline, id, ServedModels.of(model), profile), price);
            case Member.Card(MultiModelProfile profile, double _) -> // unwrapped: a policy may drive it token by token
                ModelSwitchingEngine.simulated(timeline, id, profile, SwitchingLimits.DEFAULT);
        };
    }

    private EngineId idOf(int index) {
        String kind = members.get(index).kind();
        long number = members.subList(0, index + 1).stream().filter(member -> member.kind().equals(kind)).count();
        return new EngineId(kind + "-" + number);
    }

    /// What the engines are.
    public List<EngineDescription> descriptions() {
        return engines(new VirtualTimeline(), new Seed(0)).stream().map(Engine::description).toList();
    }

    /// What they cost.
    public EnginePrices prices() {
        var prices = new LinkedHashMap<String, Double>();
        for (int i = 0; i < members.size(); i++) {
            prices.put(idOf(i).value(), members.get(i).usdPerHour());
        }
        return new EnginePrices(prices);
    }

    /// In a few words, for example `3 x llama3-8b-a100, 1 x bge-m3-a100`.
    public String describe() {
        var counts = members.stream().collect(Collectors.groupingBy(Member::kind, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
