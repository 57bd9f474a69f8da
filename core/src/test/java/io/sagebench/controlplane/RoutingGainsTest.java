package io.sagebench.controlplane;

import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That routing is worth its while, over simulated engines in virtual time.
class RoutingGainsTest {
    private static final int DOCUMENT_TOKENS = 2_000;

    /// What came of a run.
    ///
    /// @param cachedShare share of the prompt tokens that engines had in their caches
    private record Gains(double cachedShare, double meanTtftMillis) {}

    /// 600 questions about 100 documents to three engines.
    @ParameterizedTest
    @ValueSource(strings = {"prefix_aware", "epp_default", "fifo cache", "fifo predicted_latency"})
    void documentsAreReadOnceAndNotOnceAnEngine(String routing) {
        Gains blind = questions("fifo least_work");
        Gains routed = questions(routing);
        assertThat(blind.cachedShare).isBetween(0.45, 0.65); // of 600 prompts about 3 x 100 are the first of their kind on their engine
        assertThat(routed.cachedShare).isGreaterThan(0.72); // at most 500 of 600 could find something: 0.80 of the tokens
        assertThat(routed.meanTtftMillis).isLessThan(0.75 * blind.meanTtftMillis);
    }

    /// One engine is several times as fast as the others.
    @ParameterizedTest
    @ValueSource(strings = {"least_work", "load_balanced", "round_robin"})
    void forecastsKnowThatEnginesDiffer(String blind) {
        var names = List.of("llama3-8b-h100", "llama3-8b-l40s", "llama3-8b-l40s");
        double forecast = run("fifo predicted_latency", names, 6, 600, 600).meanTtftMillis;
        assertThat(forecast).isLessThan(0.8 * run("fifo " + blind, names, 6, 600, 600).meanTtftMillis);
    }

    private static Gains questions(String routing) {
        return run(routing, List.of("llama3-8b-a100", "llama3-8b-a100", "llama3-8b-a100"), 6, 600, 100);
    }

    private static Gains run(String routing, List<String> profiles, int ratePerSecond, int requests, int documents) {
        var timeline = new VirtualTimeline();
        var engines = new ArrayList<SimulatedEngine>();
        for (String name : profiles) {
            EngineProfile profile = EngineProfiles.named(name).orElseThrow();
            engines.add(new SimulatedEngine(timeline, new EngineId("e" + engines.size()), ServedModels.of("m"), profile));
        }
        var trial = new ControlPlaneTrial(timeline, "fifo", QueueLimits.DEFAULT, engines);
        int blank = routing.indexOf(' ');
        String policy = blank < 0 ? routing : routing.substring(0, blank);
        Map<String, String> parameters = blank < 0 ? Map.of() : Map.of("placement", routing.substring(blank + 1));
        assertThat(trial.controlPlane.activate(policy, parameters)).isInstanceOf(PolicySwitch.Active.class);
        var chance = new SplittableRandom(1);
        double atSeconds = 0;
        for (int i = 0; i < requests; i++) {
            atSeconds -= Math.log(1 - chance.nextDouble()) / ratePerSecond;
            var submission = aSubmission("r" + i)
                    .tokens(DOCUMENT_TOKENS + 100, chance.nextInt(50, 201))
                    .saying(question(chance.nextInt(documents), i));
            timeline.at(Math.round(atSeconds * 1e9), () -> trial.submit(submission));
        }
        timeline.run();
        trial.expectIdle();
        List<EngineStats> stats = engines.stream().map(SimulatedEngine::stats).toList();
        double cached = stats.stream().mapToLong(EngineStats::cachedPromptTokens).sum();
        double prompts = stats.stream().mapToLong(EngineStats::promptTokens).sum();
        return new Gains(cached / prompts, trial.controlPlane.metrics().ttft().orElseThrow().mean() / 1e6);
    }

    private static PromptContent question(int document, int number) {
        var tokens = new int[DOCUMENT_TOKENS + 100];
        Arrays.setAll(tokens, i -> i < DOCUMENT_TOKENS ? 10_000 * document + i : -number - 1);
        return PromptContent.ofTokens(tokens);
    }
}
