package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfile;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.BatchTime;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.Batching;
import io.sagebench.time.VirtualTimeline;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Embedding requests in a control plane in front of a simulated embedding server: at most 4 texts a batch of 1 ms, and 6 texts at once.
class EmbeddingPlacesTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final EmbeddingEngine embedder = new EmbeddingEngine(
            timeline,
            new EngineId("e"),
            ServedModels.of("e"),
            new EmbeddingProfile("test", "e", 8, new BatchTime(1, 0, 0, 0), new Batching(1_000, 4, 60, 6, false, 0), 0));

    @Test
    void eachTextTakesAPlaceAndALargeRequestAnEmptyEngine() {
        var trial = new ControlPlaneTrial(timeline, "fifo", embedder);
        trial.submit(aSubmission("four").model("e").embedding(1, 1, 1, 1));
        trial.submit(aSubmission("three").model("e").embedding(1, 1, 1));
        trial.submit(aSubmission("seven").model("e").embedding(1, 1, 1, 1, 1, 1, 1));
        trial.submit(aSubmission("one").model("e").embedding(1));
        trial.run();
        assertThat(trial.log).containsExactly(
                "0.0 four dispatched to e",
                "1.0 four finished",
                "1.0 three dispatched to e", // with four it would have been seven places
                "2.0 three finished",
                "2.0 seven dispatched to e",
                "4.0 seven finished",
                "4.0 one dispatched to e",
                "5.0 one finished");
        trial.expectIdle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hybrid", "hybrid_slo"})
    void promptsAndTextsEndOnceEachAndTextsGoTogether(String policy) {
        var chance = new SplittableRandom(5);
        var trial = new ControlPlaneTrial(
                timeline, policy, embedder, anEngine(timeline, "llm").models("m").maxConcurrent(4).answeringMillis(10, 5));
        for (int i = 0; i < 400; i++) {
            String id = "r" + i;
            boolean promised = chance.nextInt(3) == 0;
            var request = chance.nextInt(4) == 0 ? aSubmission(id).model("m").tokens(20, 5) : texts(id, chance);
            timeline.at(chance.nextLong(300_000_000), () -> {
                var client = trial.submit(promised ? request.dueMillis(chance.nextLong(20, 500)) : request);
                if (chance.nextInt(15) == 0) {
                    timeline.after(chance.nextLong(30_000_000), client::cancel);
                }
            });
        }
        trial.run();
        trial.expectIdle();
        assertThat(trial.clients).hasSize(400);
        assertThat(trial.clients.stream().filter(client -> client.state == ControlPlaneTrial.State.FINISHED).count())
                .isGreaterThan(200);
        assertThat(trial.controlPlane.metrics().counts().failed()).isZero();
    }

    private static SubmissionBuilder texts(String id, SplittableRandom chance) {
        var tokens = new Integer[chance.nextInt(1, 4)];
        Arrays.setAll(tokens, _ -> chance.nextInt(1, 60));
        return aSubmission(id).model("e").embedding(tokens);
    }
}
