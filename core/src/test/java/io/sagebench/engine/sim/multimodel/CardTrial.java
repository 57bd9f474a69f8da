package io.sagebench.engine.sim.multimodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineJob;
import io.sagebench.engine.Payload;
import io.sagebench.engine.sim.StepTime;
import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.time.VirtualTimeline;
import java.util.HashMap;
import java.util.Map;

/// One card in virtual time whose times can be worked out in the head: 10,000 bytes of memory, a link of one byte a microsecond, 1 ms fixed for a
/// switch.
///
///  -  model a: 4,000 bytes, 10 bytes a token; steps of 1 ms + 10 us a token + 2 us a token of context
///  -  model b: 3,000 bytes, 5 bytes a token; steps of 2 ms
///  -  model c: 9,000 bytes, 10 bytes a token; steps of 3 ms
final class CardTrial {
    static final MultiModelProfile PROFILE = new MultiModelProfile(
            "test",
            10_000,
            1e6,
            1_000_000,
            Map.of(
                    "a", new CardModel(4_000, 10, 500, steps(1, 10, 2)),
                    "b", new CardModel(3_000, 5, 2_000, steps(2, 0, 0)),
                    "c", new CardModel(9_000, 10, 2_000, steps(3, 0, 0))));

    final VirtualTimeline timeline = new VirtualTimeline();
    final SimulatedCard card;
    private final Map<String, Long> endNanos = new HashMap<>();
    private int jobs;

    CardTrial() {
        this(PROFILE);
    }

    CardTrial(MultiModelProfile profile) {
        card = new SimulatedCard(timeline, profile);
    }

    /// A step takes `baseMillis`, and so much for each token and each token of context.
    static StepTime steps(double baseMillis, double tokenMicros, double contextMicros) {
        return new StepTime(baseMillis, 0, 0, tokenMicros, 0, contextMicros, 1, 0, 0, 0, 0, StepTime.AllReduce.NONE);
    }

    /// A trial with that model loaded.
    static CardTrial having(String model) {
        var trial = new CardTrial();
        assertThat(trial.card.switchTo(model, () -> {})).isTrue();
        trial.timeline.run();
        return trial;
    }

    SteppedSequence sequence(String model, int promptTokens, int outputTokens) {
        var id = new RequestId("job-" + jobs++);
        return card.admit(new EngineJob(id, model, Priority.NORMAL, promptTokens, outputTokens, Payload.NONE), model);
    }

    /// A sequence of the loaded model with its prefill behind it.
    SteppedSequence prefilled(String model, int promptTokens, int outputTokens) {
        SteppedSequence sequence = sequence(model, promptTokens, outputTokens);
        assertThat(card.prefill(sequence, () -> {})).isTrue();
        timeline.run();
        return sequence;
    }

    /// A sequence of the loaded model with its KV cache on the host.
    SteppedSequence onHost(String model, int promptTokens, int outputTokens) {
        SteppedSequence sequence = prefilled(model, promptTokens, outputTokens);
        card.kvOut(sequence, () -> {});
        timeline.run();
        return sequence;
    }

    /// What to call at the end of an operation; complains when that happens twice.
    Runnable end(String operation) {
        return () -> assertThat(endNanos.put(operation, timeline.nowNanos())).as("%s ends again", operation).isNull();
    }

    /// Runs everything, and tells how long after now that operation ended, in microseconds.
    long microsUntil(String operation) {
        long fromNanos = timeline.nowNanos();
        timeline.run();
        return microsSince(fromNanos, operation);
    }

    /// How long after `fromNanos` that operation has ended, in microseconds.
    long microsSince(long fromNanos, String operation) {
        Long atNanos = endNanos.get(operation);
        if (atNanos == null) {
            throw new AssertionError(operation + " has not ended");
        }
        return (atNanos - fromNanos) / 1_000;
    }
}
