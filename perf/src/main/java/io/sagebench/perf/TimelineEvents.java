package io.sagebench.perf;

import io.sagebench.random.Seed;
import io.sagebench.time.Timer;
import io.sagebench.time.VirtualTimeline;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many events a virtual timeline fires a second while some number of timers wait, each arming itself again when it fires.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TimelineEvents {
    private static final int EVENTS = 10_000;

    /// Timers that wait at any moment.
    @Param({"100", "10000"})
    public int waiting;

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final SplittableRandom chance = new Seed(1).generator();
    private long until;

    /// Arms the timers.
    @Setup
    public void arm() {
        for (int i = 0; i < waiting; i++) {
            new Again().timer.armAt(chance.nextInt(1_000_000));
        }
    }

    /// Fires many events.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void fire() {
        until = timeline.firedCount() + EVENTS;
        timeline.runUntil(() -> timeline.firedCount() >= until);
    }

    private final class Again {
        private final Timer timer = timeline.timer(this::fired);

        private void fired() {
            timer.armAt(timeline.nowNanos() + chance.nextInt(1_000_000));
        }
    }
}
