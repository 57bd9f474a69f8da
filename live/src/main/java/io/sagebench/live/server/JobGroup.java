package io.sagebench.live.server;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.FaultHints;
import io.sagebench.engine.Payload;
import io.sagebench.engine.ReadFirst;
import io.sagebench.engine.RealText;
import io.sagebench.engine.RemotePrefill;
import io.sagebench.engine.Sampling;
import io.sagebench.live.server.metrics.FinishReason;
import io.sagebench.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The jobs of one request while an engine works on them: they end together when one fails or the client leaves. Belongs to the timeline, except
/// where it says otherwise; what is to be written goes to the connection's event loop through the outbox.
final class JobGroup implements FaultHints, RemotePrefill, ReadFirst {
    private static final int NO_TOKEN = -1;

    private final ServedEngine served;
    private final Inference request;
    private final Response response;
    private final Optional<String> faultHint;
    private final long arrivedAtNanos;
    private long readingNanos;
    private final List<Job> running = new ArrayList<>();
    private boolean over;

    /// Made on any thread.
    ///
    /// @param arrivedAtNanos when the request had arrived in full, on the timeline
    JobGroup(ServedEngine served, Inference request, HttpCall call, long arrivedAtNanos) {
        this.served = served;
        this.request = request;
        this.response = call.response();
        this.faultHint = call.header("X-Fault");
        this.arrivedAtNanos = arrivedAtNanos;
    }

    /// Has the engine begin, unless its queue is full. When the engine throws, that is the fault of one request, and not the end of all others.
    void start() {
        try {
            startJobs();
        } catch (RuntimeException fault) {
            endEarly(FinishReason.ERROR);
            served.outbox().post(response, () -> response.fault(fault));
        }
    }

    private void startJobs() {
        if (over) {
            return;
        }
        readingNanos = served.timeline().nowNanos() - arrivedAtNanos;
        Optional<ApiError> overflow = served.overflow();
        if (overflow.isPresent()) {
            over = true;
            served.outbox().post(response, () -> request.answer().refused(overflow.get()));
            return;
        }
        for (int i = 0; i < request.jobs().size(); i++) {
            running.add(new Job(i, request.jobs().get(i)));
        }
        for (Job job : List.copyOf(running)) {
            job.work = served.engine().start(job.forEngine(), job);
        }
    }

    /// Stops the work on it.
    void clientLeft() {
        endEarly(FinishReason.ABORT);
    }

    @Override
    public Optional<String> faultHint() {
        return faultHint;
    }

    @Override
    public boolean isPrefilledElsewhere() {
        return request.prefilledElsewhere();
    }

    @Override
    public long readingNanos() {
        return readingNanos;
    }

    private void endEarly(FinishReason reason) {
        if (over) {
            return;
        }
        over = true;
        for (Job job : running) {
            job.cancel();
            served.jobEnded();
            served.metrics().gaveUp(reason);
        }
        running.clear();
    }

    /// One of the jobs.
    private final class Job implements EngineEvents {
        private final int index;
        private final PlannedJob plan;
        private @Nullable EngineWork work;
        private final SpokenText spoken;
        private final StringBuilder unsent = new StringBuilder();
        private int tokensSoFar;
        private int lastToken = NO_TOKEN;
        private boolean ended;
        private boolean hasTokens;
        private long lastTokenAtNanos;

        Job(int index, PlannedJob plan) {
            this.index = index;
            this.plan = plan;
            this.spoken = new SpokenText(plan.computed().map(ComputedJob::stops).orElse(List.of()));
            served.jobBegan();
        }

        EngineJob forEngine() {
            RequestId id =
                    request.jobs().size() == 1 ? request.id() : new RequestId(request.id() + "-" + index);
            return new EngineJob(
                    id,
                    request.model(),
                    request.priority(),
                    plan.prompt().tokens(),
                    plan.outputTokens(),
                    plan.prompt().content(),
                    plan.computed().<Payload>map(Computed::new).orElse(JobGroup.this));
        }

        void cancel() {
            if (work != null) {
                work.cancel();
            }
        }

        @Override
        public void tokens(int count) {
            if (plan.outputTokens() == 0 || ended) {
                return; // a text to embed has none, and after a stop none count
            }
            tokensSoFar += count;
            long nowNanos = served.timeline().nowNanos();
            if (hasTokens) {
                served.metrics().nextToken(nowNanos - lastTokenAtNanos);
            } else {
                hasTokens = true;
                served.metrics().firstToken(nowNanos - arrivedAtNanos);
            }
            lastTokenAtNanos = nowNanos;
            if (plan.computed().isPresent()) {
                say(count);
            } else if (request.answer().isStreamed()) {
                served.outbox().post(response, () -> request.answer().tokens(index, count));
            }
        }

        private void say(int count) {
            String text = unsent.toString();
            unsent.setLength(0);
            served.outbox().post(response, () -> request.answer().said(index, count, text));
            if (spoken.isStopped()) {
                cancel();
                finished(new EngineResult(plan.prompt().tokens(), 0, tokensSoFar));
            }
        }

        @Override
        public void finished(EngineResult result) {
            if (ended) {
                return; // it was stopped
            }
            ended = true;
            running.remove(this);
            FinishReason reason = reasonFor(result.outputTokens());
            served.jobEnded();
            served.metrics()
                    .completed(
                            served.timeline().nowNanos() - arrivedAtNanos,
                            result,
                            request.choices(),
                            plan.maxTokens(),
                            reason);
            String rest = spoken.rest();
            served.outbox().post(response, () -> {
                if (!rest.isEmpty()) {
                    request.answer().said(index, 0, rest);
                }
                request.answer().finished(index, result, reason);
            });
        }

        private FinishReason reasonFor(int tokens) {
            boolean isEndedByModel = plan.computed().isPresent() && plan.computed().get().isEndedBy(lastToken);
            return spoken.isStopped() || isEndedByModel ? FinishReason.STOP : plan.reasonFor(tokens);
        }

        @Override
        public void failed(EngineFailure failure) {
            if (ended) {
                return; // it was stopped
            }
            endEarly(FinishReason.ERROR);
            served.outbox().post(response, () -> request.answer().failed(failure));
        }

        /// What an engine needs that computes, and what it says.
        private final class Computed implements RealText, FaultHints, RemotePrefill {
            private final ComputedJob job;

            Computed(ComputedJob job) {
                this.job = job;
            }

            @Override
            public int[] promptTokens() {
                return job.promptTokens();
            }

            @Override
            public Sampling sampling() {
                return job.sampling();
            }

            @Override
            public void said(int token, String text) {
                lastToken = token;
                unsent.append(spoken.add(text));
            }

            @Override
            public void embedded(float[] vector) {
                served.outbox().post(response, () -> request.answer().embedded(index, vector));
            }

            @Override
            public Optional<String> faultHint() {
                return faultHint;
            }

            @Override
            public boolean isPrefilledElsewhere() {
                return JobGroup.this.isPrefilledElsewhere();
            }
        }
    }
}
