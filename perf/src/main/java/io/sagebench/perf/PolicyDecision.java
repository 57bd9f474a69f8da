package io.sagebench.perf;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.DispatchedTo;
import io.sagebench.controlplane.PolicySwitch;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.controlplane.Refusal;
import io.sagebench.controlplane.Submission;
import io.sagebench.controlplane.SubmissionEvents;
import io.sagebench.engine.Ask;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/// What one turnover of a full control plane costs: an engine finishes a request, the policy chooses its successor among 10,000 that wait for
/// 64 engines, and one more request arrives. It asks the policy three times; what each decision alone takes is recorded beside it, by the stopwatch that the
/// control plane holds to every decision.
///
/// Four models, one of them for embeddings, 20 tenants, 1,000 sessions, and prompts of 50 to 500 tokens of which many begin alike.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PolicyDecision {
    private static final int ENGINES = 64;
    private static final int CONCURRENT = 8;
    private static final int QUEUED = 10_000;
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final List<Priority> PRIORITIES = List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);
    private static final List<String> MODELS = List.of("llama", "qwen", "mistral", "bge");
    private static final String EMBEDDING_MODEL = "bge";

    /// The policy under test, and after blanks its parameters: `fifo placement=p2c`. [DecisionSpeed] goes through all that are installed.
    @Param("fifo")
    public String policy = "";

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final SplittableRandom chance = new Seed(1).generator();
    private final List<String> prompts = new ArrayList<>();
    private final Deque<Running> running = new ArrayDeque<>();
    private final Stopwatch stopwatch = new Stopwatch();
    private long submitted;
    private ControlPlane controlPlane = new ControlPlane(
            timeline, Policies.installed(), "fifo", List.of(), QueueLimits.DEFAULT, new Seed(1), () -> 0);

    private record Running(EngineJob job, EngineEvents events) {}

    /// Fills engines and queue.
    @Setup
    public void fill() {
        for (int i = 0; i < 4_096; i++) {
            prompts.add(("Beginning " + i % 256 + " ").repeat(100).substring(0, 800) + (" and end " + i + " of it").repeat(200));
        }
        var engines = new ArrayList<Engine>();
        for (int i = 0; i < ENGINES; i++) {
            engines.add(new ScriptedEngine("engine-" + i, MODELS.get(i % MODELS.size())));
        }
        controlPlane = new ControlPlane(
                timeline,
                Policies.installed(),
                "fifo",
                engines,
                new QueueLimits(2 * QUEUED, 2 * QUEUED, Long.MAX_VALUE, false),
                new Seed(1),
                stopwatch);
        activate();
        for (int i = 0; i < QUEUED + ENGINES * CONCURRENT; i++) {
            submit(MODELS.get(i % MODELS.size()));
        }
        if (controlPlane.metrics().queued() < QUEUED) {
            throw new IllegalStateException("queued " + controlPlane.metrics().queued());
        }
    }

    private void activate() {
        String[] words = policy.split(" ", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            parameters.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        if (controlPlane.activate(words[0], parameters) instanceof PolicySwitch.Refused(String why)) {
            throw new IllegalArgumentException(why);
        }
    }

    /// One request ends, one is dispatched, one arrives.
    @Benchmark
    public void turnover() {
        Running done = running.removeFirst();
        boolean isEmbedding = done.job().isEmbedding();
        if (!isEmbedding) {
            done.events().tokens(1);
        }
        done.events().finished(new EngineResult(100, 0, isEmbedding ? 0 : 1));
        submit(done.job().model());
    }

    /// What decisions took before the measurement does not count.
    @TearDown(Level.Iteration)
    public void forgetWarmUp(IterationParams iteration) {
        if (iteration.getType() == IterationType.WARMUP) {
            stopwatch.decisions.reset();
        }
    }

    /// Prints what single decisions took.
    @TearDown
    public void tell() {
        Histogram decisions = stopwatch.decisions;
        System.out.printf(
                Locale.ROOT,
                "%nDECISION %s: p50 %.1f us, p99 %.1f us, p99.9 %.1f us of %d%n",
                policy,
                decisions.getValueAtPercentile(50) / 1e3,
                decisions.getValueAtPercentile(99) / 1e3,
                decisions.getValueAtPercentile(99.9) / 1e3,
                decisions.getTotalCount());
    }

    private void submit(String model) {
        var id = new RequestId("r-" + submitted++);
        int output = chance.nextInt(50, 201);
        int tokens = chance.nextInt(50, 501);
        String text = prompts.get(chance.nextInt(prompts.size())).substring(0, tokens * CHARACTERS_PER_TOKEN);
        PromptContent content = PromptContent.ofText(text);
        boolean isEmbedding = model.equals(EMBEDDING_MODEL);
        controlPlane.submit(
                new Submission(
                        id,
                        isEmbedding
                                ? Ask.embedding(model, new Ask.Texts(List.of(tokens), ""), content)
                                : Ask.prompt(RequestType.LLM_CHAT, model, tokens, output, content),
                        PRIORITIES.get(chance.nextInt(PRIORITIES.size())),
                        ServiceLevel.endToEnd(Duration.ofMillis(chance.nextInt(500, 2001))),
                        new Caller(Optional.of("tenant-" + chance.nextInt(20)), Optional.of("session-" + chance.nextInt(1_000))),
                        isEmbedding ? OptionalInt.empty() : OptionalInt.of(output),
                        Payload.NONE),
                new Deaf());
    }

    /// Reads the clock before and after each decision, and so knows what each took.
    private static final class Stopwatch implements LongSupplier {
        final Histogram decisions = new Histogram(60_000_000_000L, 3);
        private long startedAtNanos;
        private boolean runs;

        @Override
        public long getAsLong() {
            long nowNanos = System.nanoTime();
            if (runs) {
                decisions.recordValue(nowNanos - startedAtNanos);
            }
            startedAtNanos = nowNanos;
            runs = !runs;
            return nowNanos;
        }
    }

    /// Ends its jobs when told to.
    private final class ScriptedEngine implements Engine {
        private final EngineDescription description;

        ScriptedEngine(String name, String model) {
            var id = new EngineId(name);
            ServedModels models = ServedModels.of(model);
            EngineProfile profile = EngineProfiles.named("llama3-8b-a100").orElseThrow();
            description = new EngineDescription(
                    id,
                    "scripted",
                    model.equals(EMBEDDING_MODEL) ? models.forEmbeddings() : models,
                    CONCURRENT,
                    OptionalInt.empty(),
                    OptionalLong.of(profile.kvTokens()),
                    profile.expectedSpeed(),
                    new SimulatedEngine(timeline, id, models, profile).description().traits());
        }

        @Override
        public EngineDescription description() {
            return description;
        }

        @Override
        public EngineWork start(EngineJob job, EngineEvents events) {
            running.addLast(new Running(job, events));
            return () -> {};
        }
    }

    /// Hears nothing.
    private static final class Deaf implements SubmissionEvents {
        @Override
        public void refused(Refusal refusal) {
            throw new IllegalStateException(refusal.message());
        }

        @Override
        public void dispatched(DispatchedTo where) {}

        @Override
        public void tokens(int count) {}

        @Override
        public void finished(EngineResult result) {}

        @Override
        public void failed(EngineFailure failure) {}
    }
}
