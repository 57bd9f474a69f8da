package io.sagebench.engine;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What is known of an engine beyond what is needed to use it.
///
/// @param usdPerHour      what it costs, all its GPUs together; absent when nobody said
/// @param maxTextsPerCall the most texts it embeds in one call; absent when unknown
/// @param switchesModels  whether it can change models between tokens, see [io.sagebench.engine.stepped.SteppedEngine]
/// @param model           forecasts what requests go through on it; absent when nobody knows what it is made of
public record EngineTraits(
        OptionalDouble usdPerHour, OptionalInt maxTextsPerCall, boolean switchesModels, Optional<EngineModel> model) {
    /// Nothing is known.
    public static final EngineTraits UNKNOWN =
            new EngineTraits(OptionalDouble.empty(), OptionalInt.empty(), false, Optional.empty());

    /// The same with a price.
    public EngineTraits withUsdPerHour(double price) {
        return new EngineTraits(OptionalDouble.of(price), maxTextsPerCall, switchesModels, model);
    }

    /// The same with a limit on the texts of a call.
    public EngineTraits withMaxTextsPerCall(int texts) {
        return new EngineTraits(usdPerHour, OptionalInt.of(texts), switchesModels, model);
    }

    /// The same for one that can change models between tokens.
    public EngineTraits switchingModels() {
        return new EngineTraits(usdPerHour, maxTextsPerCall, true, model);
    }

    /// The same with a model of its speed.
    public EngineTraits withModel(EngineModel known) {
        return new EngineTraits(usdPerHour, maxTextsPerCall, switchesModels, Optional.of(known));
    }
}
