package io.sagebench.perf;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.Samples;
import io.sagebench.random.Mix;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.time.VirtualTimeline;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How far the simulated engine is from a recorded run of a real one: replays the run's arrivals and lengths, and compares the mean and the 99th
/// percentile of TTFT, TPOT and end-to-end latency. All times are those of the engine's scheduler, without HTTP.
public final class EngineAccuracy {
    private EngineAccuracy() {}

    /// One request of the recording.
    private record Recorded(int promptTokens, int outputTokens, long queuedNanos, long firstNanos, long lastNanos) {}

    /// The latencies of one run.
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

    /// @param args the recording, the profile, its KV blocks, `max_num_seqs` and `max_num_batched_tokens`, and the share of each prompt that all have in common
    public static void main(String[] args) throws IOException {
        List<Recorded> recording = read(Path.of(args[0]));
        EngineProfile profile = EngineProfiles.named(args[1])
                .orElseThrow(() -> new IllegalArgumentException("there is no profile '" + args[1] + "'"))
                .withKvBlocks(Integer.parseInt(args[2]))
                .with(EngineProfile.Overhead.NONE);
        profile = profile.with(new EngineProfile.Scheduler(
                Integer.parseInt(args[3]), Integer.parseInt(args[4]), profile.scheduler().maxModelLen(), 16));
        double shared = Double.parseDouble(args[5]);
        var measured = new Latencies();
        for (Recorded request : recording) {
            measured.add(request.queuedNanos, request.firstNanos, request.lastNanos, request.outputTokens);
        }
        var timeline = new VirtualTimeline();
        var engine = new SimulatedEngine(timeline, new EngineId("replay"), ServedModels.of(profile.model()), profile);
        var simulated = new Latencies();
        long originNanos = recording.stream().mapToLong(Recorded::queuedNanos).min().orElseThrow();
        for (int i = 0; i < recording.size(); i++) {
            Recorded request = recording.get(i);
            var job = job(i, request, profile.model(), shared);
            timeline.at(request.queuedNanos - originNanos, () -> engine.start(job, new Replay(timeline, job, simulated)));
        }
        timeline.run();
        System.out.printf(
                Locale.ROOT,
                "%s, %s, %,d KV blocks, %.0f %% of each prompt in common: %,d requests, %,d steps, %,d preemptions%n",
                args[0].substring(args[0].lastIndexOf('/') + 1),
                profile.name(),
                profile.kvBlocks(),
                100 * shared,
                recording.size(),
                engine.steps(),
                engine.preemptions());
        compare("TTFT", simulated.ttft, measured.ttft);
        compare("TPOT", simulated.tpot, measured.tpot);
        compare("E2E", simulated.endToEnd, measured.endToEnd);
    }

    private static EngineJob job(int number, Recorded request, String model, double shared) {
        int common = (int) Math.round(shared * request.promptTokens);
        PromptContent content = (from, to) -> to <= common ? Mix.of(from, to) : Mix.of(Mix.of(number + 1L, from), to);
        return new EngineJob(
                new RequestId("request-" + number),
                model,
                Priority.NORMAL,
                request.promptTokens,
                request.outputTokens,
                content,
                Payload.NONE);
    }

    private static final class Replay implements EngineEvents {
        private final VirtualTimeline timeline;
        private final EngineJob job;
        private final Latencies latencies;
        private final long startNanos;
        private long firstNanos = -1;

        Replay(VirtualTimeline timeline, EngineJob job, Latencies latencies) {
            this.timeline = timeline;
            this.job = job;
            this.latencies = latencies;
            this.startNanos = timeline.nowNanos();
        }

        @Override
        public void tokens(int count) {
            if (firstNanos < 0) {
                firstNanos = timeline.nowNanos();
            }
        }

        @Override
        public void finished(EngineResult result) {
            latencies.add(startNanos, firstNanos, timeline.nowNanos(), result.outputTokens());
        }

        @Override
        public void failed(EngineFailure failure) {
            throw new IllegalStateException(job.id() + ": " + failure.message());
        }
    }

    private static List<Recorded> read(Path file) throws IOException {
        var requests = new ArrayList<Recorded>();
        var mapper = new JsonMapper();
        for (String line : Files.readAllLines(file)) {
            JsonNode fields = mapper.readTree(line);
            requests.add(new Recorded(
                    fields.required("input_toks").intValue(),
                    fields.required("output_toks").intValue(),
                    nanos(fields.required("queued_ts")),
                    nanos(fields.required("first_token_ts")),
                    nanos(fields.required("last_token_ts"))));
        }
        return requests;
    }

    private static long nanos(JsonNode seconds) {
        return new BigDecimal(seconds.asString()).movePointRight(9).longValue();
    }

    private static void compare(String what, Samples simulated, Samples measured) {
        LatencySummary ours = simulated.summary().orElseThrow();
        LatencySummary theirs = measured.summary().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%-5s mean %,12.2f ms, recorded %,12.2f ms, off by %+5.1f %%    p99 %,12.2f ms, recorded %,12.2f ms, off by %+5.1f %%%n",
                what,
                ours.mean() / 1e6,
                theirs.mean() / 1e6,
                (ours.mean() / theirs.mean() - 1) * 100,
                ours.p99() / 1e6,
                theirs.p99() / 1e6,
                (ours.p99() / theirs.p99() - 1) * 100);
    }
}
