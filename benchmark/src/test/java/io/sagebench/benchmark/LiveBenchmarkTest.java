package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.Setting;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.TokenSource;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.TargetReport;
import io.sagebench.request.Outcome;
import io.sagebench.request.RequestType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whole runs over loopback HTTP: order and shape, not milliseconds.
class LiveBenchmarkTest {
    private final Recording recording = new Recording();
    private final StopSignal stop = new StopSignal();

    @Test
    void comparesPoliciesOnTheEmbeddedControlPlane() {
        var config = aBenchmark().of(new Target.Embedded()).requests(40, 40).warmup(3).build();

        var measured = measured(config, BenchmarkListener.SILENT);

        assertThat(measured.interrupted()).isFalse();
        assertThat(measured.target().kind()).isEqualTo(TargetReport.Kind.EMBEDDED);
        assertThat(measured.policies()).extracting(PolicyReport::policy).containsExactly("fifo", "priority", "slo_aware");
        assertThat(measured.policies()).allSatisfy(policy -> {
            assertThat(policy.metrics().counts().total()).isEqualTo(40);
            assertThat(policy.metrics().counts().completed()).isEqualTo(40);
            assertThat(policy.metrics().tokens().outputSources()).containsOnlyKeys(TokenSource.USAGE.wireName());
            assertThat(policy.metrics().tokens().promptMismatches()).isZero();
            assertThat(policy.metrics().tokens().outputMismatches()).isZero();
            assertThat(policy.controlPlaneMetricsJson()).hasValueSatisfying(json ->
                    assertThat(json).contains("\"policy\":\"" + policy.policy() + "\""));
        });
        var inTheOrderMeasured = measured.policies().stream().sorted(Comparator.comparing(PolicyReport::startedAt)).toList();
        assertThat(inTheOrderMeasured.stream().map(policy -> policy.epoch().orElseThrow()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void endsWhenAPolicyIsRefusedUnlessItIsToGoOn() {
        BenchmarkConfig config = aBenchmark().of(new Target.Embedded()).policies("fifo", "nobodys", "priority").requests(20, 100).warmup(0).build();

        assertThat(new Benchmark().run(config, BenchmarkListener.SILENT, recording, stop))
                .isInstanceOfSatisfying(BenchmarkResult.CouldNotRun.class, failed ->
                        assertThat(failed.message()).contains("refused the policy 'nobodys'"));

        var measured = measured(config.continuingOnError(true), BenchmarkListener.SILENT);
        assertThat(measured.policies()).extracting(PolicyReport::policy).containsExactly("fifo", "priority");
        assertThat(measured.notRun()).singleElement().satisfies(left -> {
            assertThat(left.policy()).isEqualTo("nobodys");
            assertThat(left.reason()).startsWith("could not be put in force: ").contains("HTTP 4");
        });
    }

    @Test
    void measuresSeveralBenchmarksInARowOnOneServer() {
        BenchmarkConfig config = aBenchmark().of(new Target.Embedded()).policies("fifo").requests(20, 100).warmup(0).build();
        var targets = new ArrayList<TargetReport>();
        var listener = new BenchmarkListener() {
            @Override
            public void targetReady(TargetReport target) {
                targets.add(target);
            }
        };
        try (BenchmarkSeries series = new Benchmark().series(config)) {
            var first = (BenchmarkResult.Measured) series.run(config, listener, recording, stop);
            var second = (BenchmarkResult.Measured) series.run(config.withSeed(8), listener, recording, stop);
            assertThat(second.target()).isEqualTo(first.target());
            assertThat(second.policies().getFirst().epoch().orElseThrow())
                    .as("the same control plane counts on")
                    .isGreaterThan(first.policies().getFirst().epoch().orElseThrow());
        }
        assertThat(targets).as("told once").hasSize(1);
    }

    @Test
    void sendsPromptsAndTextsToEmbed() {
        var draft = new ConfigDraft(List.of("fifo", "hybrid_slo"));
        draft.option(Setting.CONTROL_PLANE_URL, "-c", "embedded");
        draft.option(Setting.POLICIES, "-p", "fifo,hybrid_slo");
        draft.option(Setting.MODE, "-m", "hybrid");
        draft.option(Setting.LLM_RATIO, "--llm-ratio", "0.5");
        draft.option(Setting.NUM_REQUESTS, "-n", "40");
        draft.option(Setting.REQUEST_RATE, "-r", "60");
        draft.option(Setting.WARMUP_REQUESTS, "-w", "3");
        var config = ((Checked.Valid) draft.check(HowMany.SEVERAL)).settings().config();

        var measured = measured(config, BenchmarkListener.SILENT);

        assertThat(measured.notRun()).isEmpty();
        assertThat(measured.policies()).hasSize(2).allSatisfy(policy -> {
            assertThat(policy.metrics().counts().completed()).isEqualTo(40);
            assertThat(policy.metrics().breakdown().byType()).containsOnlyKeys(RequestType.values());
            assertThat(policy.metrics().tokens().outputMismatches()).isZero();
            var texts = policy.metrics().parts().embedding();
            assertThat(texts.textsEmbedded()).isPositive().isEqualTo(texts.textsAsked());
        });
        assertThat(recording.windows()).allSatisfy(window -> assertThat(window.records()).allSatisfy(record -> {
            boolean texts = record.planned().type() == RequestType.EMBEDDING;
            assertThat(record.vectors().isPresent()).isEqualTo(texts);
            assertThat(record.ttftNanos().isEmpty()).as("an embedding has no first token").isEqualTo(texts);
        }));
    }

    @Test
    void putsParametersOfPoliciesInForceOnAnyTarget() {
        Map<String, Map<String, String>> wanted = Map.of("priority", Map.of("aging_ms", "-1"));
        var wrong = aBenchmark().of(new Target.Embedded()).policies("priority").parameters(wanted).requests(2, 40).warmup(0).build();
        assertThat(new Benchmark().run(wrong, BenchmarkListener.SILENT, recording, stop))
                .as("it reaches the server, which refuses it")
                .isInstanceOfSatisfying(BenchmarkResult.CouldNotRun.class, refused ->
                        assertThat(refused.message()).contains("aging_ms must be from"));
        Map<String, Map<String, String>> right = Map.of("priority", Map.of("aging_ms", "500"));
        for (Target target : List.of(new Target.Embedded(), new Target.Simulated())) {
            var config = aBenchmark().of(target).policies("priority").parameters(right).requests(2, 40).warmup(0).build();
            assertThat(measured(config, BenchmarkListener.SILENT).policies()).hasSize(1);
        }
    }

    @Test
    void sendsEveryPolicyTheSameRequests() {
        var config = aBenchmark().of(new Target.Embedded()).policies("fifo", "slo_aware").requests(25, 100).warmup(0).build();

        var measured = measured(config, BenchmarkListener.SILENT);

        var windows = recording.windows();
        assertThat(windows).hasSize(2);
        assertThat(promptsOf(windows.get(0)))
                .as("in words of its own, since the prompts of the policy before may be in the caches of the engines")
                .doesNotContainAnyElementsOf(promptsOf(windows.get(1)));
        assertThat(measured.policies()).allSatisfy(policy -> assertThat(policy.metrics().tokens().cachedInput()).isZero());
        assertThat(idsOf(windows.get(0))).hasSize(25).containsExactlyInAnyOrderElementsOf(idsOf(windows.get(1)));
        assertThat(windows).allSatisfy(window -> assertThat(window.records()).allSatisfy(record -> {
            assertThat(record.servedBy().orElseThrow().policy()).isEqualTo(window.window().policy());
            assertThat(record.sentAtNanos().orElseThrow()).isGreaterThanOrEqualTo(record.planned().intendedAtNanos());
            assertThat(record.content().events()).isEqualTo(record.planned().outputTokens());
        }));
    }

    @Test
    void anInterruptLosesNothingThatWasSent() {
        var config = aBenchmark().of(new Target.Embedded()).policies("fifo", "priority").requests(5_000, 60).warmup(0).build();
        var listener = new BenchmarkListener() {
            @Override
            public void progress(Progress progress) {
                if (progress.ended() >= 10) {
                    stop.request();
                }
            }
        };

        var measured = measured(config, listener);

        assertThat(measured.interrupted()).isTrue();
        assertThat(measured.policies()).hasSize(1);
        var metrics = measured.policies().getFirst().metrics();
        assertThat(metrics.counts().completed()).isGreaterThanOrEqualTo(1);
        assertThat(metrics.counts().total()).isEqualTo(recording.count()).isLessThan(5_000);
        assertThat(recording.windows().getFirst().records())
                .allMatch(record -> record.isCompleted() || record.outcome() instanceof Outcome.Cancelled);
    }

    @Test
    void saysSoWhenNobodyAnswersAtTheAddress() throws IOException {
        int freePort;
        try (var reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = reserved.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + freePort);

        var result = new Benchmark().run(aBenchmark().of(new Target.Http(url)).build(), BenchmarkListener.SILENT, recording, stop);

        assertThat(result).isInstanceOfSatisfying(BenchmarkResult.CouldNotRun.class, failed ->
                assertThat(failed.message()).contains(url.toString()).contains("sage-bench serve"));
        assertThat(recording.windows()).isEmpty();
    }

    @Test
    void endsWhenTheControlPlaneRefusesAPolicy() {
        var serving = new LocalServing(bug -> {
            throw new AssertionError(bug);
        });
        var engines = new Serving.Engines.Simulated(List.of(new Serving.EngineGroup(1, DefaultFleet.PROFILE)));
        var served = serving.controlPlane(new Serving.ControlPlaneServerConfig(
                GatewaySettings.of(ServerSettings.onLoopback(0)),
                new Serving.FirstPolicy("fifo", Map.of()),
                engines,
                Optional.empty(),
                ControlPlaneSettings.DEFAULT,
                FaultPlan.NONE,
                1));
        assertThat(served).isInstanceOf(Serving.Served.Listening.class);
        try (var server = ((Serving.Served.Listening) served).server()) {
            var config = aBenchmark().of(new Target.Http(server.url())).policies("fifo", "no_such_policy").requests(5, 50).build();

            var result = new Benchmark().run(config, BenchmarkListener.SILENT, recording, stop);

            assertThat(result).isInstanceOfSatisfying(BenchmarkResult.CouldNotRun.class, refused ->
                    assertThat(refused.message()).contains("no_such_policy").contains("400"));
        }
    }

    private BenchmarkResult.Measured measured(BenchmarkConfig config, BenchmarkListener listener) {
        var result = new Benchmark().run(config, listener, recording, stop);
        assertThat(result).isInstanceOf(BenchmarkResult.Measured.class);
        return (BenchmarkResult.Measured) result;
    }

    private static List<String> promptsOf(Recording.Window window) {
        return window.records().stream().map(record -> record.planned().prompt()).toList();
    }

    private static List<String> idsOf(Recording.Window window) {
        return window.records().stream().map(RequestRecord::planned).map(planned -> planned.id().value()).toList();
    }
}
