package io.sagebench.perf;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.DispatchedTo;
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
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ServedModels;
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
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What one turnover of a full control plane costs: an engine finishes a request, the policy chooses its successor among 10,000 that wait for
/// 64 engines, and one more request arrives. It asks the policy three times, so a third of it bounds a decision from above.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PolicyDecision {
    private static final int ENGINES = 64;
    private static final int CONCURRENT = 8;
    private static final int QUEUED = 10_000;
    private static final List<Priority> PRIORITIES = List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

    /// The policy under test.
    @Param({"fifo", "priority", "slo_aware", "cost_optimized", "adaptive", "vtc", "sjf_pred"})
    public String policy = "";

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final SplittableRandom chance = new Seed(1).generator();
    private long submitted;
    private final Deque<EngineEvents> running = new ArrayDeque<>();
    private ControlPlane controlPlane = new ControlPlane(
            timeline, Policies.installed(), "fifo", List.of(), QueueLimits.DEFAULT, new Seed(1), () -> 0);

    /// Fills engines and queue.
    @Setup
    public void fill() {
        var engines = new ArrayList<Engine>();
        for (int i = 0; i < ENGINES; i++) {
            engines.add(new ScriptedEngine("engine-" + i));
        }
        controlPlane = new ControlPlane(
                timeline,
                Policies.installed(),
                policy,
                engines,
                new QueueLimits(2 * QUEUED, 2 * QUEUED, Long.MAX_VALUE, false),
                new Seed(1),
                () -> 0);
        for (int i = 0; i < QUEUED + ENGINES * CONCURRENT; i++) {
            submit();
        }
        if (controlPlane.metrics().queued() != QUEUED) {
            throw new IllegalStateException("queued " + controlPlane.metrics().queued());
        }
    }

    /// One request ends, one is dispatched, one arrives.
    @Benchmark
    public void turnover() {
        EngineEvents done = running.removeFirst();
        done.tokens(1);
        done.finished(new EngineResult(100, 0, 1));
        submit();
    }

    private void submit() {
        var id = new RequestId("r-" + submitted++);
        int output = chance.nextInt(50, 201);
        controlPlane.submit(
                new Submission(
                        id,
                        Ask.prompt(
                                RequestType.LLM_CHAT,
                                "default",
                                chance.nextInt(50, 501),
                                output,
                                PromptContent.unshared(id)),
                        PRIORITIES.get(chance.nextInt(PRIORITIES.size())),
                        ServiceLevel.endToEnd(Duration.ofMillis(chance.nextInt(500, 2001))),
                        Caller.tenant("tenant-" + chance.nextInt(100)),
                        OptionalInt.of(output),
                        Payload.NONE),
                new Deaf());
    }

    /// Ends its jobs when told to.
    private final class ScriptedEngine implements Engine {
        private final EngineDescription description;

        ScriptedEngine(String name) {
            description = new EngineDescription(
                    new EngineId(name),
                    "scripted",
                    ServedModels.of("model"),
                    CONCURRENT,
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    EngineSpeed.UNKNOWN_SERVER);
        }

        @Override
        public EngineDescription description() {
            return description;
        }

        @Override
        public EngineWork start(EngineJob job, EngineEvents events) {
            running.addLast(events);
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
