package io.sagebench.benchmark.scenario;

import io.sagebench.benchmark.scenario.ScenarioFleet.Member;
import io.sagebench.engine.sim.multimodel.CardModel;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.engine.sim.multimodel.MultiModelProfiles;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Eight models on one card: the five of the shipped profile, and three fine-tuned ones of the same size as their base.
final class ModelMarket {
    /// The service level of Aegaeon's evaluation (Xiang et al., SOSP 2025).
    static final ServiceLevel PROMISE =
            new ServiceLevel(Optional.empty(), Optional.of(Duration.ofSeconds(10)), Optional.of(Duration.ofMillis(100)));

    private ModelMarket() {}

    static MultiModelProfile card() {
        MultiModelProfile shipped = MultiModelProfiles.named("market-a100").orElseThrow();
        Map<String, CardModel> models = new TreeMap<>(shipped.cardModels());
        for (String base : List.of("llama3-8b", "mistral-7b", "qwen2.5-7b")) {
            models.put(base + "-tuned", shipped.model(base));
        }
        return with(shipped, models);
    }

    /// Two cards with four models each: the largest with the three smallest.
    static List<Member> pinnedCards(double usdPerHour) {
        MultiModelProfile all = card();
        var bySize = new ArrayList<>(all.models());
        bySize.sort(Comparator.comparingLong((String model) -> all.model(model).weightBytes()).thenComparing(model -> model));
        Map<String, CardModel> first = new TreeMap<>();
        Map<String, CardModel> second = new TreeMap<>();
        for (int i = 0; i < bySize.size(); i++) {
            boolean withTheLargest = i < 3 || i == bySize.size() - 1;
            (withTheLargest ? first : second).put(bySize.get(i), all.model(bySize.get(i)));
        }
        return List.of(new Member.Card(with(all, first), usdPerHour), new Member.Card(with(all, second), usdPerHour));
    }

    private static MultiModelProfile with(MultiModelProfile card, Map<String, CardModel> models) {
        return new MultiModelProfile(card.name(), card.memoryBytes(), card.linkBytesPerSecond(), card.fixedSwitchNanos(), models);
    }
}
