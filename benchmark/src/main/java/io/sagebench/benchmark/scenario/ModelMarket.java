package io.sagebench.benchmark.scenario;

import io.sagebench.engine.sim.multimodel.CardModel;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.engine.sim.multimodel.MultiModelProfiles;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
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
        return new MultiModelProfile(
                shipped.name(), shipped.memoryBytes(), shipped.linkBytesPerSecond(), shipped.fixedSwitchNanos(), models);
    }
}
