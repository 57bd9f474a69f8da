package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Probe;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.engine.ServedModels;
import io.sagebench.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/// An engine that does what a test says: by itself after set times, or when the test answers a job. Serves model `m`, one request at a time,
/// unless told otherwise; says nothing of its cache.
public final class ScriptedEngine implements Engine {
    private final Timeline timeline;
    private final EngineId id;
    private ServedModels models = ServedModels.of("m");
    private int maxConcurrent = 1;
    private OptionalInt contextTokens = OptionalInt.empty();
    private OptionalLong kvTokens = OptionalLong.empty();
    private boolean byItself;
    private ToLongFunction<EngineJob> prefillNanos = _ -> 0;
    private ToLongFunction<EngineJob> stepNanos = _ -> 0;
    private Consumer<Consumer<Probe>> probes = answer -> answer.accept(new Probe.Ready());
    private Optional<ReportedLoad> reportedLoad = Optional.empty();
    private final List<Job> jobs = new ArrayList<>();

    private ScriptedEngine(Timeline timeline, String name) {
        this.timeline = timeline;
        this.id = new EngineId(name);
    }

    /// The engine of that name.
    public static ScriptedEngine anEngine(Timeline timeline, String name) {
        return new ScriptedEngine(timeline, name);
    }

    /// The models it serves.
    public ScriptedEngine models(String... names) {
        models = new ServedModels(Set.of(names));
        return this;
    }

    /// The most requests at once.
    public ScriptedEngine maxConcurrent(int most) {
        maxConcurrent = most;
        return this;
    }

    /// The longest request it takes.
    public ScriptedEngine contextTokens(int tokens) {
        contextTokens = OptionalInt.of(tokens);
        return this;
    }

    /// The cache it has.
    public ScriptedEngine kvTokens(long tokens) {
        kvTokens = OptionalLong.of(tokens);
        return this;
    }

    /// It answers by itself: the first token after that time, each further one after that time.
    public ScriptedEngine answering(ToLongFunction<EngineJob> prefillTakesNanos, ToLongFunction<EngineJob> stepTakesNanos) {
        byItself = true;
        prefillNanos = prefillTakesNanos;
        stepNanos = stepTakesNanos;
        return this;
    }

    /// It answers by itself.
    public ScriptedEngine answeringMillis(long prefill, long step) {
        return answering(_ -> prefill * 1_000_000, _ -> step * 1_000_000);
    }

    /// It embeds, and generates no text.
    public ScriptedEngine embedding() {
        models = models.forEmbeddings();
        return this;
    }

    /// What it says from now on when it is asked whether it works.
    public ScriptedEngine probed(Probe answer) {
        return probed(asking -> asking.accept(answer));
    }

    /// What it does from now on when it is asked whether it works.
    public ScriptedEngine probed(Consumer<Consumer<Probe>> answering) {
        probes = answering;
        return this;
    }

    /// What it says of its load from now on.
    public ScriptedEngine reporting(ReportedLoad load) {
        reportedLoad = Optional.of(load);
        return this;
    }

    @Override
    public void probe(Consumer<Probe> answer) {
        probes.accept(answer);
    }

    @Override
    public Optional<ReportedLoad> reportedLoad() {
        return reportedLoad;
    }

    /// The jobs it got so far, in order.
    public List<Job> jobs() {
        return jobs;
    }

    /// The caller's ids of the jobs it got so far.
    public List<String> ids() {
        return jobs.stream().map(job -> job.job.id().value()).toList();
    }

    @Override
    public EngineDescription description() {
        return new EngineDescription(
                id, "scripted", models, maxConcurrent, contextTokens, kvTokens, EngineSpeed.UNKNOWN_SERVER);
    }

    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        assertThat(jobs.stream().filter(Job::isAlive).count()).as("jobs alive on %s", id).isLessThan(maxConcurrent);
        var begun = new Job(job, events);
        jobs.add(begun);
        if (byItself) {
            timeline.after(prefillNanos.applyAsLong(job), begun::answerOn);
        }
        return begun;
    }

    /// One job.
    public final class Job implements EngineWork {
        private final EngineJob job;
        private final EngineEvents events;
        private boolean cancelled;
        private boolean ended;
        private int sent;

        private Job(EngineJob job, EngineEvents events) {
            this.job = job;
            this.events = events;
        }

        /// Whether it goes on.
        public boolean isAlive() {
            return !cancelled && !ended;
        }

        /// Whether its owner gave up on it.
        public boolean isCancelled() {
            return cancelled;
        }

        /// Sends tokens.
        public void tokens(int count) {
            sent += count;
            events.tokens(count);
        }

        /// Sends all tokens that are left, and ends well.
        public void finish() {
            if (sent < job.maxOutputTokens()) {
                tokens(job.maxOutputTokens() - sent);
            }
            ended = true;
            events.finished(new EngineResult(job.promptTokens(), 0, sent));
        }

        /// Ends badly.
        public void fail(int status) {
            fail(new EngineFailure(status, "it broke"));
        }

        /// Ends badly.
        public void fail(EngineFailure failure) {
            ended = true;
            events.failed(failure);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        private void answerOn() {
            if (!isAlive()) {
                return;
            }
            tokens(1);
            if (isAlive() && sent == job.maxOutputTokens()) {
                finish();
            } else if (isAlive()) {
                timeline.after(stepNanos.applyAsLong(job), this::answerOn);
            }
        }
    }
}
