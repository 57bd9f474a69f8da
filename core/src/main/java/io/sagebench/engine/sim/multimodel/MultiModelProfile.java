package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.stepped.SteppedCosts;
import io.sagebench.request.Check;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a card that several models share is made of.
///
/// @param name               stable, for example `market-a100`
/// @param memoryBytes        device memory for weights and KV caches: what activations and the runtime leave
/// @param linkBytesPerSecond between the host's memory and the device's
/// @param fixedSwitchNanos   what a switch takes besides bringing the weights
/// @param cardModels         by name, at least one; each fits alone, with a token of KV cache
public record MultiModelProfile(
        String name,
        long memoryBytes,
        double linkBytesPerSecond,
        long fixedSwitchNanos,
        Map<String, CardModel> cardModels)
        implements SteppedCosts {
    public MultiModelProfile {
        Check.notBlank(name, "name");
        Check.atLeast(1, memoryBytes, "memory bytes");
        Check.positive(linkBytesPerSecond, "link bytes per second");
        Check.notNegative(fixedSwitchNanos, "fixed switch time");
        cardModels = Collections.unmodifiableMap(new TreeMap<>(cardModels));
        if (cardModels.isEmpty()) {
            throw new IllegalArgumentException(name + " has no models");
        }
        cardModels.forEach((label, model) -> {
            long needed = model.weightBytes() + model.kvBytesPerToken();
            if (needed > memoryBytes) {
                throw new IllegalArgumentException("model " + label + " needs " + needed + " bytes, but " + name + " has " + memoryBytes);
            }
        });
    }

    @Override
    public Set<String> models() {
        return cardModels.keySet();
    }

    /// The model of that name.
    public CardModel model(String label) {
        CardModel model = cardModels.get(label);
        if (model == null) {
            throw new IllegalArgumentException(name + " has no model '" + label + "', only " + cardModels.keySet());
        }
        return model;
    }

    @Override
    public long stepNanos(String model, int sequences, long contextTokens) {
        return model(model).stepNanos(sequences, contextTokens);
    }

    @Override
    public long prefillNanos(String model, int promptTokens) {
        return model(model).prefillNanos(promptTokens);
    }

    @Override
    public long coldSwitchNanos(String model) {
        return transferNanos(model(model).weightBytes()) + fixedSwitchNanos;
    }

    @Override
    public long transferNanos(long bytes) {
        return Math.round(bytes / linkBytesPerSecond * 1e9);
    }

    @Override
    public long kvBytesPerToken(String model) {
        return model(model).kvBytesPerToken();
    }

    @Override
    public long kvBytes(String model) {
        return memoryBytes - model(model).weightBytes();
    }

    @Override
    public int mostTokens(String model) {
        return Math.toIntExact(Math.min(model(model).maxModelLen(), kvBytes(model) / kvBytesPerToken(model)));
    }

    /// What a scheduler should expect before it has measured anything: the model with the slowest steps.
    EngineSpeed expectedSpeed() {
        return cardModels.values().stream()
                .map(CardModel::expectedSpeed)
                .max(Comparator.comparingDouble(EngineSpeed::stepBaseNanos))
                .orElseThrow();
    }
}
