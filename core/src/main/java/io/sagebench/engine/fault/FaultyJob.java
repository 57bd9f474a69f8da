package io.sagebench.engine.fault;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.time.FarTime;
import io.sagebench.time.TickSpan;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request within a [FaultyEngine]: between what the engine within says of it and what its caller hears.
final class FaultyJob implements EngineEvents, EngineWork {
    private final Timeline timeline;
    private final Engine inner;
    private final EngineJob job;
    private final EngineEvents events;
    private final Consumer<FaultyJob> onOver;
    private final Consumer<Duration> crashEngine;
    private final Timer later;
    private final Queue<Late> late = new ArrayDeque<>();
    private Runnable atTimer = () -> {};
    private Ailment ailment = Ailment.NONE;
    private @Nullable EngineWork work;
    private int told;
    private boolean anyMade;
    private long madeAtNanos;
    private long toldAtNanos;
    private boolean over;

    /// What is told later than the engine says it.
    private record Late(long atNanos, Runnable event) {}

    /// @param onOver      told of this job when it has ended
    /// @param crashEngine takes the whole engine down for so long, with this job
    FaultyJob(
            Timeline timeline,
            Engine inner,
            EngineJob job,
            EngineEvents events,
            Consumer<FaultyJob> onOver,
            Consumer<Duration> crashEngine) {
        this.timeline = timeline;
        this.inner = inner;
        this.job = job;
        this.events = events;
        this.onOver = onOver;
        this.crashEngine = crashEngine;
        this.later = timeline.timer(() -> atTimer.run());
    }

    /// Starts it with what is wrong with it. Nothing is told before this returns.
    void begin(Ailment itsAilment) {
        ailment = itsAilment;
        boolean answers = ailment.ending().map(ending -> tokensBefore(ending).orElse(0) > 0).orElse(true);
        if (answers && ailment.delayNanos() == 0) {
            startWork();
        } else {
            runAfter(ailment.delayNanos(), ailment.ending().filter(_ -> !answers).map(this::inPlaceOfAnAnswer).orElse(this::startWork));
        }
    }

    private Runnable inPlaceOfAnAnswer(Fault.Ending ending) {
        return switch (ending) {
            case Fault.Refusal(FaultError error) -> () -> fail(error.failure());
            case Fault.Reset _ -> () -> fail(reset());
            case Fault.Hang _ -> () -> {};
            case Fault.Crash(Duration recovery) -> () -> crashEngine.accept(recovery);
            case Fault.Truncation _, Fault.StreamError _ -> throw new IllegalStateException("comes within an answer: " + ending);
        };
    }

    /// Fails it in this instant, but not before the caller knows of it.
    void failSoon(EngineFailure failure) {
        runAfter(0, () -> fail(failure));
    }

    /// The engine it is in has crashed.
    void crash() {
        if (!over) {
            fail(new EngineFailure(EngineFailure.Kind.RESET, 502, "", "injected fault: the engine crashed"));
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            end();
        }
    }

    /// Takes it from the engine within; nothing more comes from there.
    void stopWork() {
        EngineWork begun = work;
        work = null;
        if (begun != null) {
            begun.cancel();
        }
    }

    @Override
    public void tokens(int count) {
        if (over) {
            return;
        }
        if (!ailment.isSlow()) {
            tell(count);
            return;
        }
        long nowNanos = timeline.nowNanos();
        long gapNanos = Math.max(Math.round((nowNanos - madeAtNanos) * ailment.factor()), ailment.leastGapNanos());
        toldAtNanos = anyMade ? Math.max(nowNanos, FarTime.sum(toldAtNanos, gapNanos)) : nowNanos;
        madeAtNanos = nowNanos;
        anyMade = true;
        tellAt(toldAtNanos, () -> tell(count));
    }

    /// Each one where a fault is about them. Else it is the caller's affair, and the simulation stays as fast as it is.
    @Override
    public boolean wantsEachToken() {
        return ailment.isSlow() || ailment.ending().isPresent() || events.wantsEachToken();
    }

    @Override
    public void tokensAt(List<TickSpan> ticks) {
        events.tokensAt(ticks);
    }

    @Override
    public int untoldTokens() {
        EngineWork begun = work;
        return begun == null ? 0 : begun.untoldTokens();
    }

    @Override
    public OptionalLong lastUntoldAtNanos() {
        EngineWork begun = work;
        return begun == null ? OptionalLong.empty() : begun.lastUntoldAtNanos();
    }

    @Override
    public void finished(EngineResult result) {
        if (over) {
            return;
        }
        work = null;
        tellAt(toldAtNanos, () -> {
            end();
            events.finished(result);
        });
    }

    @Override
    public void failed(EngineFailure failure) {
        if (over) {
            return;
        }
        work = null;
        tellAt(toldAtNanos, () -> fail(failure));
    }

    /// Tells of tokens, up to where the answer breaks off.
    private void tell(int count) {
        Optional<Integer> limit = ailment.ending().flatMap(FaultyJob::tokensBefore);
        int allowed = limit.map(most -> Math.min(count, most - told)).orElse(count);
        told += allowed;
        if (allowed > 0) {
            events.tokens(allowed);
        }
        if (!over && limit.isPresent() && told >= limit.get()) {
            breakOff(ailment.ending().orElseThrow());
        }
    }

    private void breakOff(Fault.Ending ending) {
        switch (ending) {
            case Fault.Reset _ -> fail(reset());
            case Fault.Truncation _ ->
                fail(new EngineFailure(EngineFailure.Kind.CUT_SHORT, 502, "", "injected fault: the answer ends early"));
            case Fault.StreamError _ -> fail(new EngineFailure(500, "injected fault: an error within the answer"));
            case Fault.Hang _ -> {
                later.cancel();
                late.clear();
                stopWork();
            }
            case Fault.Refusal _, Fault.Crash _ -> throw new IllegalStateException("has tokens in spite of " + ending);
        }
    }

    private static Optional<Integer> tokensBefore(Fault.Ending ending) {
        return switch (ending) {
            case Fault.Reset(int after) -> Optional.of(after);
            case Fault.Hang(int after) -> Optional.of(after);
            case Fault.Truncation(int after) -> Optional.of(after);
            case Fault.StreamError(int after) -> Optional.of(after);
            case Fault.Refusal _, Fault.Crash _ -> Optional.empty();
        };
    }

    private static EngineFailure reset() {
        return new EngineFailure(EngineFailure.Kind.RESET, 502, "", "injected fault: the connection was reset");
    }

    private void startWork() {
        work = inner.start(job, this);
    }

    private void runAfter(long delayNanos, Runnable action) {
        atTimer = action;
        later.armAt(FarTime.sum(timeline.nowNanos(), delayNanos));
    }

    /// Tells at once when it is time and nothing waits to be told before.
    private void tellAt(long atNanos, Runnable event) {
        if (late.isEmpty() && atNanos <= timeline.nowNanos()) {
            event.run();
            return;
        }
        late.add(new Late(atNanos, event));
        if (late.size() == 1) {
            atTimer = this::tellLate;
            later.armAt(atNanos);
        }
    }

    private void tellLate() {
        for (Late next = late.peek(); next != null && next.atNanos() <= timeline.nowNanos() && !over; next = late.peek()) {
            late.remove();
            next.event().run();
        }
        Late next = late.peek();
        if (next != null && !over) {
            later.armAt(next.atNanos());
        }
    }

    private void fail(EngineFailure failure) {
        end();
        events.failed(failure);
    }

    private void end() {
        over = true;
        later.cancel();
        late.clear();
        stopWork();
        onOver.accept(this);
    }
}
