package io.sagebench.live.server;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.FaultHints;
import io.sagebench.engine.RemotePrefill;
import io.sagebench.live.server.metrics.FinishReason;
import io.sagebench.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The jobs of one request while an engine works on them: they end together when one fails or the client leaves. Belongs to the timeline, except
/// where it says otherwise; what is to be written goes to the connection's event loop through the outbox.
final class JobGroup implements FaultHints, RemotePrefill {
    private final MockEngine mock;
    private final Inference request;
    private final Response response;
    private final Optional<String> faultHint;
    private final long arrivedAtNanos;
    private final List<Job> running = new ArrayList<>();
    private boolean over;

    /// Made on any thread.
    ///
    /// @param arrivedAtNanos when the request had arrived in full, on the timeline
    JobGroup(MockEngine mock, Inference request, HttpCall call, long arrivedAtNanos) {
        this.mock = mock;
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
            mock.outbox().post(response, () -> response.fault(fault));
        }
    }

    private void startJobs() {
        if (over) {
            return;
        }
        Optional<ApiError> overflow = mock.overflow();
        if (overflow.isPresent()) {
            over = true;
            mock.outbox().post(response, () -> request.answer().refused(overflow.get()));
            return;
        }
        for (int i = 0; i < request.jobs().size(); i++) {
            running.add(new Job(i, request.jobs().get(i)));
        }
        for (Job job : List.copyOf(running)) {
            job.work = mock.engine().start(job.forEngine(), job);
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

    private void endEarly(FinishReason reason) {
        if (over) {
            return;
        }
        over = true;
        for (Job job : running) {
            job.cancel();
            mock.jobEnded();
            mock.metrics().gaveUp(reason);
        }
        running.clear();
    }

    /// One of the jobs.
    private final class Job implements EngineEvents {
        private final int index;
        private final PlannedJob plan;
        private @Nullable EngineWork work;
        private boolean hasTokens;
        private long lastTokenAtNanos;

        Job(int index, PlannedJob plan) {
            this.index = index;
            this.plan = plan;
            mock.jobBegan();
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
                    JobGroup.this);
        }

        void cancel() {
            if (work != null) {
                work.cancel();
            }
        }

        @Override
        public void tokens(int count) {
            if (plan.outputTokens() == 0) {
                return; // a text to embed has none
            }
            long nowNanos = mock.timeline().nowNanos();
            if (hasTokens) {
                mock.metrics().nextToken(nowNanos - lastTokenAtNanos);
            } else {
                hasTokens = true;
                mock.metrics().firstToken(nowNanos - arrivedAtNanos);
            }
            lastTokenAtNanos = nowNanos;
            if (request.answer().isStreamed()) {
                mock.outbox().post(response, () -> request.answer().tokens(index, count));
            }
        }

        @Override
        public void finished(EngineResult result) {
            running.remove(this);
            mock.jobEnded();
            mock.metrics()
                    .completed(
                            mock.timeline().nowNanos() - arrivedAtNanos,
                            result,
                            request.choices(),
                            plan.maxTokens(),
                            plan.reasonFor(result.outputTokens()));
            mock.outbox().post(response, () -> request.answer().finished(index, result));
        }

        @Override
        public void failed(EngineFailure failure) {
            endEarly(FinishReason.ERROR);
            mock.outbox().post(response, () -> request.answer().failed(failure));
        }
    }
}
