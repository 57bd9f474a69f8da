package io.sagebench.engine.fault;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.FaultHints;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.stepped.TokenScheduling;
import io.sagebench.random.Seed;
import io.sagebench.time.FarTime;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// An engine around another one that fails on purpose, by a plan that can change while it runs, or as a request asks ([FaultHints]). A request that
/// asks has only the faults it asks for.
///
/// What the plan leaves alone passes unchanged. Requests that fail before their first token never reach the engine within.
public final class FaultyEngine implements MonitoredEngine {
    private final Timeline timeline;
    private final MonitoredEngine inner;
    private final Seed seed;
    private final Set<FaultyJob> jobs = new LinkedHashSet<>();
    private final List<Timer> crashes = new ArrayList<>();
    private FaultPlan plan = FaultPlan.NONE;
    private Draws draws = new Draws(FaultPlan.NONE, new Seed(0));
    private long downUntilNanos = Long.MIN_VALUE;

    /// @param inner on the same timeline; used by nobody else
    /// @param plan  what goes wrong at first; rules of other engines are left out
    /// @param seed  of the draws; engines with the same seed fail the same requests
    public FaultyEngine(Timeline timeline, MonitoredEngine inner, FaultPlan plan, Seed seed) {
        this.timeline = timeline;
        this.inner = inner;
        this.seed = seed;
        follow(plan);
    }

    /// What goes wrong now.
    public FaultPlan plan() {
        return plan;
    }

    /// Has requests that come from now on follow another plan, whose times count from now. A crash that has happened takes its time.
    public void follow(FaultPlan other) {
        plan = other.forEngine(description().id());
        draws = new Draws(plan, seed);
        crashes.forEach(Timer::cancel);
        crashes.clear();
        for (FaultRule rule : plan.rules()) {
            if (rule.fault() instanceof Fault.Crash(Duration recovery)
                    && rule.when() instanceof FaultRule.At(Duration first, Optional<Duration> every)) {
                schedule(recovery, timeline.nowNanos() + first.toNanos(), every.map(Duration::toNanos));
            }
        }
    }

    private void schedule(Duration recovery, long firstNanos, Optional<Long> everyNanos) {
        var next = new long[] {firstNanos};
        var timer = new Timer[1];
        timer[0] = timeline.timer(() -> {
            crash(recovery);
            everyNanos.ifPresent(gap -> {
                next[0] += gap;
                timer[0].armAt(next[0]);
            });
        });
        timer[0].armAt(firstNanos);
        crashes.add(timer[0]);
    }

    @Override
    public void scheduleBy(Optional<TokenScheduling> other) {
        inner.scheduleBy(other);
    }

    @Override
    public EngineDescription description() {
        return inner.description();
    }

    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        Optional<String> hint = job.payload() instanceof FaultHints hints ? hints.faultHint() : Optional.empty();
        FaultReading reading = hint.map(FaultText::hint).orElse(new FaultReading.Read(FaultPlan.NONE));
        var faulty = new FaultyJob(timeline, inner, job, events, jobs::remove, this::crash);
        jobs.add(faulty);
        if (reading instanceof FaultReading.Wrong(List<String> problems)) {
            faulty.failSoon(new EngineFailure(400, "header X-Fault: " + String.join("; ", problems)));
            return faulty;
        }
        if (!isUp()) {
            faulty.failSoon(new EngineFailure(503, "injected fault: the engine has crashed and is starting again"));
            return faulty;
        }
        List<Fault> struck = hint.isPresent() && reading instanceof FaultReading.Read(FaultPlan asked)
                ? asked.rules().stream().map(FaultRule::fault).toList()
                : draws.of(job);
        faulty.begin(Ailment.of(struck));
        return faulty;
    }

    @Override
    public long untoldTokens() {
        return inner.untoldTokens();
    }

    /// Everything in the engine fails, and its memory is lost.
    private void crash(Duration recovery) {
        downUntilNanos = Math.max(downUntilNanos, FarTime.sum(timeline.nowNanos(), recovery.toNanos()));
        List<FaultyJob> lost = List.copyOf(jobs);
        lost.forEach(FaultyJob::stopWork);
        if (!inner.stats().asleep()) {
            inner.sleep(); // which empties the KV cache
            inner.wake();
        }
        lost.forEach(FaultyJob::crash);
    }

    @Override
    public EngineStats stats() {
        return inner.stats();
    }

    @Override
    public boolean isUp() {
        return timeline.nowNanos() >= downUntilNanos && inner.isUp();
    }

    @Override
    public OptionalInt kvBlockSize() {
        return inner.kvBlockSize();
    }

    @Override
    public void observe(EngineObserver observer) {
        inner.observe(observer);
    }

    @Override
    public void sleep() {
        inner.sleep();
    }

    @Override
    public void wake() {
        inner.wake();
    }
}
