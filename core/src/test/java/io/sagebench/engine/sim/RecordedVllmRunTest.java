package io.sagebench.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Replays a run that was recorded on vLLM 0.19 with Llama-3.1-8B on an RTX 4090 (300 requests, overloaded), and compares. The constants of
/// the profile come from the card's own kernel profile and from hardware rules, not from this run.
class RecordedVllmRunTest {
    private static final Path RECORDING = Path.of("../../shared/data/vllm-run-rtx4090-llama-3.1-8b-requests.jsonl");
    private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\": ([0-9.]+)");
    /// How far means and 99th percentiles may be off, as a share.
    private static final double MEAN_BOUND = 0.04;
    private static final double TAIL_BOUND = 0.05;

    private record Recorded(int promptTokens, int outputTokens, long queuedNanos, long firstNanos, long lastNanos) {
        static Recorded of(String line) {
            var numbers = new java.util.HashMap<String, String>();
            Matcher matcher = NUMBER.matcher(line);
            while (matcher.find()) {
                numbers.put(matcher.group(1), matcher.group(2));
            }
            return new Recorded(
                    Integer.parseInt(numbers.getOrDefault("input_toks", "")),
                    Integer.parseInt(numbers.getOrDefault("output_toks", "")),
                    nanos(numbers.getOrDefault("queued_ts", "")),
                    nanos(numbers.getOrDefault("first_token_ts", "")),
                    nanos(numbers.getOrDefault("last_token_ts", "")));
        }

        private static long nanos(String seconds) {
            return new java.math.BigDecimal(seconds).movePointRight(9).longValue();
        }
    }

    private static final class Latencies {
        private final Samples ttft = new Samples();
        private final Samples tpot = new Samples();
        private final Samples endToEnd = new Samples();

        void add(long queuedNanos, long firstNanos, long lastNanos, int tokens) {
            ttft.add(firstNanos - queuedNanos);
            endToEnd.add(lastNanos - queuedNanos);
            if (tokens > 1) {
                tpot.add((lastNanos - firstNanos) / (tokens - 1));
            }
        }
    }

    @Test
    void theReplayComesCloseInMeanAndTail() throws IOException {
        assumeTrue(Files.exists(RECORDING), "skipped: the recorded run is not there: " + RECORDING);
        List<Recorded> requests = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDING)) {
            requests.add(Recorded.of(line));
        }
        assertThat(requests).hasSize(300);
        var measured = new Latencies();
        var simulated = new Latencies();
        long originNanos = requests.stream().mapToLong(Recorded::queuedNanos).min().orElseThrow();
        var trial = new EngineTrial(profile());
        for (Recorded request : requests) {
            measured.add(request.queuedNanos(), request.firstNanos(), request.lastNanos(), request.outputTokens());
            trial.job(request.queuedNanos() - originNanos, request.promptTokens(), request.outputTokens());
        }
        trial.run();
        for (EngineTrial.Job job : trial.jobs) {
            simulated.add(job.startNanos, job.tokenNanos.getFirst(), job.endNanos, job.outputTokens);
        }
        compare("TTFT", simulated.ttft, measured.ttft);
        compare("TPOT", simulated.tpot, measured.tpot);
        compare("E2E", simulated.endToEnd, measured.endToEnd);
    }

    /// The recording's times are those of the engine's scheduler: without tokenising, HTTP and streaming.
    private static EngineProfile profile() {
        EngineProfile shipped = EngineProfiles.named("llama3-8b-rtx4090").orElseThrow();
        return shipped.with(new EngineProfile.Scheduler(256, 2048, 32_768, 16))
                .withKvBlocks(2588)
                .with(EngineProfile.Overhead.NONE);
    }

    private static void compare(String what, Samples simulated, Samples measured) {
        LatencySummary ours = simulated.summary().orElseThrow();
        LatencySummary theirs = measured.summary().orElseThrow();
        compare(what + " mean", ours.mean(), theirs.mean(), MEAN_BOUND);
        compare(what + " p99", ours.p99(), theirs.p99(), TAIL_BOUND);
    }

    private static void compare(String what, double simulated, double measured, double bound) {
        String line = String.format(
                Locale.ROOT,
                "%s: simulated %.2f ms, recorded %.2f ms, off by %+.1f %%",
                what,
                simulated / 1e6,
                measured / 1e6,
                (simulated / measured - 1) * 100);
        System.out.println(line);
        assertThat(simulated / measured).as(line).isBetween(1 - bound, 1 + bound);
    }
}
