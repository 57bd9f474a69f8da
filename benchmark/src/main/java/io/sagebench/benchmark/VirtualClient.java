package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ClientConfig;
import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.DispatchedTo;
import io.sagebench.controlplane.Refusal;
import io.sagebench.controlplane.Submission;
import io.sagebench.controlplane.SubmissionEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Payload;
import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.ContentTicks;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.ServedBy;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.journal.Vectors;
import io.sagebench.loadgen.LoadClient;
import io.sagebench.request.Outcome;
import io.sagebench.request.TimeoutPhase;
import io.sagebench.time.TickSpan;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import io.sagebench.workload.PlannedRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands requests straight to a control plane on the same timeline: what the HTTP client and server do between them, without the network,
/// which costs no time here. Applies the same limits as the HTTP client, but for the connection.
///
/// It need not hear of each token as it comes, which lets engines take many steps at once; what it records is the same.
final class VirtualClient implements LoadClient {
    private final Timeline timeline;
    private final ControlPlane controlPlane;
    private final ClientConfig limits;
    private final boolean eachToken;
    private final Set<Exchange> inFlight = new LinkedHashSet<>();

    VirtualClient(Timeline timeline, ControlPlane controlPlane, ClientConfig limits) {
        this(timeline, controlPlane, limits, false);
    }

    /// @param eachToken whether to have each token told as it comes, as a real client would
    VirtualClient(Timeline timeline, ControlPlane controlPlane, ClientConfig limits, boolean eachToken) {
        this.timeline = timeline;
        this.controlPlane = controlPlane;
        this.limits = limits;
        this.eachToken = eachToken;
    }

    @Override
    public void send(PlannedRequest request, Consumer<RequestRecord> ended) {
        var exchange = new Exchange(request, ended);
        inFlight.add(exchange);
        exchange.begin();
    }

    @Override
    public void cancelAll() {
        for (Exchange exchange : List.copyOf(inFlight)) {
            exchange.giveUp(new Outcome.Cancelled());
        }
    }

    /// One request and its answer.
    private final class Exchange implements SubmissionEvents {
        private final PlannedRequest planned;
        private final Consumer<RequestRecord> ended;
        private final ContentEvents told = new ContentEvents();
        private @Nullable ContentTicks summedUp;
        private final long sentAtNanos = timeline.nowNanos();
        private final Timer limit = timeline.timer(this::limitPassed);
        private TimeoutPhase phase = TimeoutPhase.FIRST_BYTE;
        private long ticket;
        private int tokens;
        private @Nullable DispatchedTo servedBy;

        Exchange(PlannedRequest planned, Consumer<RequestRecord> ended) {
            this.planned = planned;
            this.ended = ended;
        }

        void begin() {
            armLimit(sentAtNanos, limits.firstByte(), TimeoutPhase.FIRST_BYTE);
            ticket = controlPlane.submit(
                    new Submission(
                            planned.id(),
                            planned.ask(),
                            planned.priority(),
                            planned.serviceLevel(),
                            planned.caller(),
                            planned.announcesOutput() ? OptionalInt.of(planned.outputTokens()) : OptionalInt.empty(),
                            Payload.NONE),
                    this);
        }

        @Override
        public void refused(Refusal refusal) {
            end(withStatus(refusal.reason().status(), refusal.message()), OptionalInt.empty(), OptionalInt.empty());
        }

        @Override
        public void dispatched(DispatchedTo where) {
            servedBy = where;
        }

        @Override
        public void tokens(int count) {
            tokens += count;
            if (limits.streaming()) {
                if (count == 1) {
                    told.event(timeline.nowNanos()); // the usual case; that each brought one is seen from the totals
                } else {
                    told.event(timeline.nowNanos(), count);
                }
                armLimit(timeline.nowNanos(), limits.idle(), TimeoutPhase.IDLE);
            }
        }

        @Override
        public boolean wantsEachToken() {
            return eachToken;
        }

        @Override
        public void tokensAt(List<TickSpan> ticks) {
            var all = new ContentTicks(ticks);
            tokens = all.events();
            if (limits.streaming()) {
                summedUp = all;
            }
        }

        @Override
        public void finished(EngineResult result) {
            boolean embedded = !planned.type().isGeneration();
            if (!limits.streaming() || embedded) {
                told.wholeBody(timeline.nowNanos());
            }
            Outcome outcome =
                    result.outputTokens() > 0 || embedded ? new Outcome.Completed() : new Outcome.Empty("no content");
            end(outcome, OptionalInt.of(result.promptTokens()), OptionalInt.of(result.cachedPromptTokens()));
        }

        /// As behind the live control plane, which stands between engine and client: it answers with an HTTP status while nothing of the answer
        /// was sent, with an error in the stream afterwards, even when the engine's connection was reset; and it passes on an answer that ends early.
        @Override
        public void failed(EngineFailure failure) {
            boolean answerHasBegun = told.events() > 0;
            Outcome outcome = switch (failure.kind()) {
                case CUT_SHORT -> answerHasBegun ? new Outcome.Truncated() : withStatus(502, failure.message());
                case ERROR, RESET ->
                    answerHasBegun
                            ? new Outcome.StreamError(failure.message())
                            : withStatus(failure.status(), failure.message());
            };
            end(outcome, OptionalInt.empty(), OptionalInt.empty());
        }

        private static Outcome withStatus(int status, String message) {
            return status == 429 || status == 503
                    ? new Outcome.Rejected(status, message)
                    : new Outcome.HttpError(status, message);
        }

        void giveUp(Outcome outcome) {
            controlPlane.cancel(ticket);
            end(outcome, OptionalInt.empty(), OptionalInt.empty());
        }

        /// A limit has passed, unless tokens have come that were not told of.
        private void limitPassed() {
            if (phase == TimeoutPhase.IDLE) {
                controlPlane
                        .lastUntoldTokenAtNanos(ticket)
                        .ifPresent(lastNanos -> armLimit(lastNanos, limits.idle(), TimeoutPhase.IDLE));
            }
            if (!limit.isArmed()) {
                giveUp(new Outcome.TimedOut(phase));
            }
        }

        /// Arms the nearer of the limit for this phase and the limit for the whole request, unless it has passed already.
        private void armLimit(long sinceNanos, Duration ofThePhase, TimeoutPhase ofPhase) {
            long totalAtNanos = sentAtNanos + limits.total().toNanos();
            long phaseAtNanos = sinceNanos + ofThePhase.toNanos();
            if (phaseAtNanos < totalAtNanos) {
                phase = ofPhase;
                armAhead(phaseAtNanos);
            } else if (phase != TimeoutPhase.TOTAL) {
                phase = TimeoutPhase.TOTAL;
                armAhead(totalAtNanos);
            }
        }

        private void armAhead(long atNanos) {
            if (atNanos > timeline.nowNanos()) {
                limit.armAt(atNanos);
            }
        }

        private void end(Outcome outcome, OptionalInt promptTokens, OptionalInt cachedPromptTokens) {
            if (!inFlight.remove(this)) {
                throw new IllegalStateException("ended twice: " + planned.id());
            }
            limit.cancel();
            var record = new RequestRecord(
                    planned,
                    OptionalLong.of(sentAtNanos),
                    summedUp == null ? told : summedUp,
                    timeline.nowNanos(),
                    new TokenCounts(promptTokens, cachedPromptTokens, tokens, TokenSource.USAGE),
                    outcome instanceof Outcome.Completed && !planned.type().isGeneration()
                            ? Optional.of(new Vectors(planned.form().textTokens().size(), OptionalInt.empty()))
                            : Optional.empty(),
                    Optional.ofNullable(servedBy)
                            .map(where -> new ServedBy(
                                    where.engine().value(),
                                    where.policy(),
                                    OptionalLong.of(where.epoch()),
                                    OptionalLong.of(where.queueNanos()))),
                    outcome);
            timeline.at(timeline.nowNanos(), () -> ended.accept(record));
        }
    }
}
