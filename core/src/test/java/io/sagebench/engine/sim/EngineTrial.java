package io.sagebench.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Payload;
import io.sagebench.engine.ServedModels;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One simulated engine in virtual time, and a log of everything it says.
final class EngineTrial {
    final VirtualTimeline timeline = new VirtualTimeline();
    final SimulatedEngine engine;
    final List<Job> jobs = new ArrayList<>();
    /// Every event as a line: time, job, what.
    final List<String> log = new ArrayList<>();

    EngineTrial(EngineProfile profile) {
        engine = new SimulatedEngine(timeline, new EngineId("e"), ServedModels.of("test-model"), profile);
    }

    EngineTrial(EngineProfileBuilder profile) {
        this(profile.build());
    }

    /// A job that starts at `atNanos`.
    Job job(long atNanos, int promptTokens, int outputTokens) {
        var job = new Job(atNanos, promptTokens, outputTokens);
        jobs.add(job);
        timeline.at(atNanos, job::start);
        return job;
    }

    /// A job that starts at once.
    Job job(int promptTokens, int outputTokens) {
        return job(0, promptTokens, outputTokens);
    }

    EngineTrial run() {
        timeline.run();
        assertThat(engine.running()).isZero();
        assertThat(engine.waiting()).isZero();
        assertThat(engine.kvUsage()).isZero();
        return this;
    }

    /// What one job went through. Complains of events after its end or its cancellation.
    final class Job implements EngineEvents {
        final int number = jobs.size();
        final long startNanos;
        final int promptTokens;
        final int outputTokens;
        final List<Long> tokenNanos = new ArrayList<>();
        private @Nullable EngineWork work;
        boolean cancelled;
        @Nullable EngineResult result;
        @Nullable EngineFailure failure;
        long endNanos = -1;

        private Job(long startNanos, int promptTokens, int outputTokens) {
            this.startNanos = startNanos;
            this.promptTokens = promptTokens;
            this.outputTokens = outputTokens;
        }

        private void start() {
            if (!cancelled) {
                work = engine.start(
                        new EngineJob(
                                new RequestId("job-" + number),
                                "test-model",
                                Priority.NORMAL,
                                promptTokens,
                                outputTokens,
                                Payload.NONE),
                        this);
            }
        }

        void cancel() {
            cancelled = true;
            if (work != null) {
                work.cancel();
            }
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

        /// When the first token came, from the start of the job, in milliseconds.
        double ttftMillis() {
            return (tokenNanos.getFirst() - startNanos) / 1e6;
        }

        /// When it ended, from the start of the job, in milliseconds.
        double endMillis() {
            return (endNanos - startNanos) / 1e6;
        }

        private void expectMore(String what) {
            log.add(timeline.nowNanos() + " " + number + " " + what);
            assertThat(cancelled).as("job %s hears of %s after it was cancelled", number, what).isFalse();
            assertThat(endNanos).as("job %s hears of %s after it ended", number, what).isEqualTo(-1);
        }
    }
}
