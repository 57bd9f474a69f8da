package io.sagebench.policy.aegaeon;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineLoad;
import io.sagebench.engine.sim.StepTime;
import io.sagebench.engine.sim.multimodel.CardModel;
import io.sagebench.engine.sim.multimodel.ModelSwitchingEngine;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.engine.sim.multimodel.SwitchingLimits;
import io.sagebench.engine.stepped.TokenScheduling;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One card driven by an [AegaeonCard], and its load.
final class CardRun {
    static final AegaeonSettings PAPER = new AegaeonSettings(8, 4, 0.5, 1, 10_000_000_000L, 100_000_000);
    /// Two models fit beside each other, the third only alone and with little room. A byte on the link takes 1 us, a switch 1 ms besides.
    static final MultiModelProfile TIGHT = new MultiModelProfile(
            "tight",
            10_000,
            1e6,
            1_000_000,
            Map.of(
                    "a", new CardModel(4_000, 10, 300, steps(1, 10, 0.5)),
                    "b", new CardModel(3_000, 8, 300, steps(1, 10, 0.5)),
                    "c", new CardModel(7_000, 10, 250, steps(1, 10, 0.5))));

    final VirtualTimeline timeline = new VirtualTimeline();
    final ModelSwitchingEngine engine;
    final EngineLoad load;
    final List<AegaeonCard> schedulers = new ArrayList<>();
    final TokenScheduling scheduling;

    CardRun(MultiModelProfile profile, AegaeonSettings settings) {
        engine = ModelSwitchingEngine.simulated(timeline, new EngineId("e"), profile, new SwitchingLimits(64, 5_000_000, true, 1_000));
        load = new EngineLoad(timeline, engine);
        scheduling = (_, card) -> {
            schedulers.add(new AegaeonCard(settings, card, new SwitchTimes(model -> card.costs().coldSwitchNanos(model) / 1e9)));
            return schedulers.getLast();
        };
        engine.scheduleBy(Optional.of(scheduling));
    }

    /// A step takes `baseMillis`, and so much for each token and each token of context.
    static StepTime steps(double baseMillis, double tokenMicros, double contextMicros) {
        return new StepTime(baseMillis, 0, 0, tokenMicros, 0, contextMicros, 1, 0, 0, 0, 0, StepTime.AllReduce.NONE);
    }
}
