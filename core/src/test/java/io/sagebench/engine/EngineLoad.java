package io.sagebench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Jobs for one engine in virtual time, and a log of everything it says of them.
public final class EngineLoad {
    private final VirtualTimeline timeline;
    private final Engine engine;
    private final List<Job> jobs = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    public EngineLoad(VirtualTimeline timeline, Engine engine) {
        this.timeline = timeline;
        this.engine = engine;
    }

    /// A job that starts at `atNanos`; it is a text to embed when `outputTokens` is 0.
    public Job job(long atNanos, String model, int promptTokens, int outputTokens) {
        var job = new Job(
                atNanos,
                new EngineJob(
                        new RequestId("job-" + jobs.size()),
                        model,
                        Priority.NORMAL,
                        promptTokens,
                        outputTokens,
                        Payload.NONE));
        jobs.add(job);
        timeline.at(atNanos, job::start);
        return job;
    }

    /// A job with several texts to embed.
    public Job texts(long atNanos, String model, Integer... tokens) {
        var ask = Ask.embedding(model, new Ask.Texts(List.of(tokens), ""), PromptContent.unique(jobs.size()));
        var job = new Job(atNanos, new EngineJob(new RequestId("job-" + jobs.size()), ask, Priority.NORMAL, Payload.NONE));
        jobs.add(job);
        timeline.at(atNanos, job::start);
        return job;
    }

    public List<Job> jobs() {
        return jobs;
    }

    /// Every event as a line: time, job, what.
    public List<String> log() {
        return log;
    }

    /// What one job went through. Complains of events after its end or its cancellation.
    public final class Job implements EngineEvents {
        private final long startNanos;
        private final EngineJob asked;
        private final List<Long> tokenNanos = new ArrayList<>();
        private @Nullable EngineWork work;
        private boolean cancelled;
        private @Nullable EngineResult result;
        private @Nullable EngineFailure failure;
        private long endNanos = -1;

        private Job(long startNanos, EngineJob asked) {
            this.startNanos = startNanos;
            this.asked = asked;
        }

        private void start() {
            if (!cancelled) {
                work = engine.start(asked, this);
            }
        }

        /// Cancels it, unless it has ended.
        public void cancel() {
            if (endNanos < 0) {
                cancelled = true;
                if (work != null) {
                    work.cancel();
                }
            }
        }

        public EngineJob asked() {
            return asked;
        }

        public boolean isCancelled() {
            return cancelled;
        }

        public List<Long> tokenNanos() {
            return tokenNanos;
        }

        public @Nullable EngineResult result() {
            return result;
        }

        public @Nullable EngineFailure failure() {
            return failure;
        }

        /// When it ended, since the run began; -1 when it has not.
        public long endNanos() {
            return endNanos;
        }

        /// When it ended, since it started.
        public double endMillis() {
            return (endNanos - startNanos) / 1e6;
        }

        @Override
        public void tokens(int count) {
            expectMore("tokens");
            for (int i = 0; i < count; i++) {
                tokenNanos.add(timeline.nowNanos());
            }
        }

        @Override
        public void finished(EngineResult with) {
            expectMore("finished");
            result = with;
            endNanos = timeline.nowNanos();
        }

        @Override
        public void failed(EngineFailure with) {
            expectMore("failed");
            failure = with;
            endNanos = timeline.nowNanos();
        }

        private void expectMore(String what) {
            log.add(timeline.nowNanos() + " " + asked.id() + " " + what);
            assertThat(cancelled).as("%s hears of %s after it was cancelled", asked.id(), what).isFalse();
            assertThat(endNanos).as("%s hears of %s after it ended", asked.id(), what).isEqualTo(-1);
        }
    }
}
