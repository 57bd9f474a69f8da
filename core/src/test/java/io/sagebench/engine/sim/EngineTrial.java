package io.sagebench.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ServedModels;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.time.TickSpan;
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

    private final boolean eachToken;

    EngineTrial(EngineProfile profile) {
        this(profile, true);
    }

    /// @param eachToken whether jobs want each token told as it comes
    EngineTrial(EngineProfile profile, boolean eachToken) {
        this.eachToken = eachToken;
        engine = new SimulatedEngine(timeline, new EngineId("e"), ServedModels.of("test-model"), profile);
    }

    EngineTrial(EngineProfileBuilder profile) {
        this(profile.build());
    }

    /// A job that starts at `atNanos`, whose prompt is like no other.
    Job job(long atNanos, int promptTokens, int outputTokens) {
        return job(atNanos, promptTokens, outputTokens, Priority.NORMAL, PromptContent.unique(jobs.size()));
    }

    /// A job that starts at `atNanos`.
    Job job(long atNanos, int promptTokens, int outputTokens, Priority priority, PromptContent content) {
        var job = new Job(
                atNanos,
                new EngineJob(
                        new RequestId("job-" + jobs.size()),
                        "test-model",
                        priority,
                        promptTokens,
                        outputTokens,
                        content,
                        Payload.NONE));
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
        private final EngineJob asked;
        final List<Long> tokenNanos = new ArrayList<>();
        private @Nullable EngineWork work;
        boolean cancelled;
        @Nullable EngineResult result;
        @Nullable EngineFailure failure;
        long endNanos = -1;

        private Job(long startNanos, EngineJob asked) {
            this.startNanos = startNanos;
            this.asked = asked;
            this.promptTokens = asked.promptTokens();
            this.outputTokens = asked.maxOutputTokens();
        }

        private void start() {
            if (!cancelled) {
                work = engine.start(asked, this);
            }
        }

        /// Tokens that have come by now, told of or not.
        int tokensSoFar() {
            return tokenNanos.size() + (work == null || cancelled || endNanos >= 0 ? 0 : work.untoldTokens());
        }

        void cancel() {
            if (work != null) {
                work.cancel();
            }
            cancelled = true;
        }

        @Override
        public boolean wantsEachToken() {
            return eachToken;
        }

        @Override
        public void tokensAt(List<TickSpan> ticks) {
            expectMore("tokensAt");
            tokenNanos.clear();
            for (TickSpan span : ticks) {
                for (int i = 0; i < span.size(); i++) {
                    tokenNanos.add(span.atNanos(i));
                }
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
