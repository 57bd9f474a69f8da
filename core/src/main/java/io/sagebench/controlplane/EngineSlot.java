package io.sagebench.controlplane;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Lane;
import io.sagebench.policy.Waiting;
import io.sagebench.request.Priority;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// One engine, the load reserved on it and what was learned of its speed. Load is reserved at dispatch, before the next decision, and
/// adjusted at each event, so that no decision is made on stale load.
final class EngineSlot implements EngineView {
    /// An idle engine not heard of for so long may be another than it was.
    private static final long FORGOTTEN_NANOS = 10_000_000_000L;
    /// Shorter gaps between observations are none.
    private static final long PAUSE_NANOS = 1_000_000_000L;

    final Engine engine;
    final SpeedEstimator speed;
    final Breaker breaker;
    private EngineState state = EngineState.STARTING;
    /// Why it is in this state, for people; empty when there is nothing to say.
    String reason = "";
    /// Bad answers to probes in a row.
    int badProbes;
    /// Whether it asked to be left alone for a while.
    boolean resting;
    /// Whether it is to be forgotten once it has stopped.
    boolean leaving;
    private final EngineDescription description;
    private final Set<Ticket> inFlight = new LinkedHashSet<>();
    private long observedAtNanos;
    private int runningCritical;
    private int awaitingFirstToken;
    private long prefillTokens;
    private double prefillSquares;
    private long decodeTokens;
    private long kvTokens;
    private long contextTokens;
    private int texts;
    private int places;
    private long dispatched;
    private long completed;
    private long failed;

    /// @param breaker its own
    EngineSlot(Engine engine, Breaker breaker) {
        this.engine = engine;
        this.description = engine.description();
        this.speed = new SpeedEstimator(description.firstSpeed());
        this.breaker = breaker;
    }

    EngineState state() {
        return state;
    }

    /// @throws IllegalStateException when that state may not follow
    void become(EngineState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("an engine in state " + state + " cannot become " + next);
        }
        state = next;
    }

    /// Whether it is ready, trusted, and has not asked to be left alone.
    boolean isInService() {
        return state == EngineState.READY && breaker.state() != BreakerState.OPEN && !resting;
    }

    /// Whether it may get requests, now or, when nothing more is done to it, later.
    boolean mayServe() {
        return state != EngineState.DRAINING && state != EngineState.STOPPED;
    }

    /// Whether one more request of the smallest size could be put on it.
    boolean hasRoom() {
        return places < description.maxConcurrent() && breaker.permits();
    }

    /// Whether it has a place for each text of the request, or one for its prompt. An empty engine takes a request of any number of texts.
    private boolean hasPlacesFor(Waiting request) {
        return places == 0 || places + placesOf(request) <= description.maxConcurrent();
    }

    private static int placesOf(Waiting request) {
        return Math.max(1, request.ask().textCount());
    }

    /// Whether it answers requests of this lane.
    boolean serves(Lane lane) {
        return description.models().serves(lane.model(), lane.type());
    }

    /// Whether it can ever run this request.
    boolean suits(Waiting request) {
        return description.models().serves(request.model(), request.type())
                && description.fits(request.mostTokens())
                && !request.excluded().contains(description.id());
    }

    /// Whether it can take this request now.
    boolean canTake(Waiting request) {
        return hasRoom() && hasSpaceFor(request);
    }

    /// Whether it can take this request besides those of the same call, for which its breaker permits one.
    boolean hasSpaceFor(Waiting request) {
        return hasPlacesFor(request)
                && suits(request)
                && kvTokens + request.kvTokens() <= description.kvTokens().orElse(Long.MAX_VALUE);
    }

    private double predictedTtftNanos(Waiting request) {
        double own = request.promptTokens();
        return speed.prefillNanos(prefillTokens + own, prefillSquares + own * own);
    }

    private double predictedTpotNanos(Waiting request) {
        double own = request.promptTokens() + request.predicted().outputTokens() / 2.0;
        return speed.stepNanos(contextTokens() + own, inFlight.size() + 1.0);
    }

    /// What to expect of it now. Of one that was slow when something was last heard of it, and that nobody has used for a while, it is the speed
    /// assumed at first: else it would be avoided for ever, for want of an observation that says otherwise.
    double expectedTtftNanos(Waiting request, long nowNanos) {
        double own = request.promptTokens();
        return isForgotten(nowNanos) ? speed.hopefulPrefillNanos(own, own * own) : predictedTtftNanos(request);
    }

    /// The same per output token.
    double expectedTpotNanos(Waiting request, long nowNanos) {
        double own = request.promptTokens() + request.predicted().outputTokens() / 2.0;
        return isForgotten(nowNanos) ? speed.hopefulStepNanos(own, 1) : predictedTpotNanos(request);
    }

    private boolean isForgotten(long nowNanos) {
        return inFlight.isEmpty() && nowNanos - observedAtNanos > FORGOTTEN_NANOS;
    }

    void reserve(Ticket ticket, long nowNanos, long dispatchSequence) {
        Waiting request = ticket.waiting;
        double own = request.promptTokens();
        ticket.slot = this;
        ticket.dispatchSequence = dispatchSequence;
        ticket.dispatchedAtNanos = nowNanos;
        ticket.predictedTtftNanos = predictedTtftNanos(request);
        ticket.predictedTpotNanos = predictedTpotNanos(request);
        ticket.prefillTokensAtDispatch = prefillTokens + own;
        ticket.prefillSquaresAtDispatch = prefillSquares + own * own;
        ticket.outputTokens = 0;
        ticket.hasBegunUntold = false;
        ticket.lastTokenAtNanos = Ticket.NEVER;
        ticket.decodeTokensReserved = request.predicted().outputTokens();
        inFlight.add(ticket);
        if (request.priority() == Priority.CRITICAL) {
            runningCritical++;
        }
        awaitingFirstToken++;
        prefillTokens += request.promptTokens();
        prefillSquares += own * own;
        decodeTokens += ticket.decodeTokensReserved;
        kvTokens += ticket.waiting.kvTokens();
        texts += request.ask().textCount();
        places += placesOf(request);
        dispatched++;
    }

    void tokens(Ticket ticket, int count, long nowNanos) {
        if (ticket.outputTokens == 0) {
            ticket.firstTokenAtNanos = nowNanos;
            endPrefill(ticket);
            contextTokens += ticket.waiting.promptTokens();
            ticket.contextTokensAtFirstToken = contextTokens();
            ticket.runningAtFirstToken = inFlight.size();
            learnPrefill(ticket, nowNanos);
        }
        ticket.outputTokens += count;
        ticket.lastTokenAtNanos = nowNanos;
        contextTokens += count;
        int arrived = Math.min(count, ticket.decodeTokensReserved);
        ticket.decodeTokensReserved -= arrived;
        decodeTokens -= arrived;
    }

    /// Learns from a completed request how long a step took: its mean gap between tokens, for the mean load while it decoded. Of an engine that
    /// only embeds, it learns how long the texts took; where prompts are answered too, these teach it what a token costs.
    void learnStep(Ticket ticket, long nowNanos) {
        if (ticket.outputTokens == 0 && description.models().onlyEmbeds()) {
            learnPrefill(ticket, nowNanos);
        }
        if (ticket.outputTokens >= 2) {
            double tpot = (double) (nowNanos - ticket.firstTokenAtNanos) / (ticket.outputTokens - 1);
            speed.observeStep(
                    (ticket.contextTokensAtFirstToken + contextTokens()) / 2,
                    (ticket.runningAtFirstToken + inFlight.size()) / 2.0,
                    tpot);
        }
    }

    private void learnPrefill(Ticket ticket, long nowNanos) {
        if (nowNanos - observedAtNanos > PAUSE_NANOS) {
            speed.pause(nowNanos - observedAtNanos);
        }
        observedAtNanos = nowNanos;
        speed.observePrefill(
                ticket.prefillTokensAtDispatch, ticket.prefillSquaresAtDispatch, nowNanos - ticket.dispatchedAtNanos);
    }

    /// Gives back everything the request still holds.
    void release(Ticket ticket) {
        inFlight.remove(ticket);
        if (ticket.waiting.priority() == Priority.CRITICAL) {
            runningCritical--;
        }
        if (ticket.outputTokens == 0) {
            endPrefill(ticket);
        } else {
            contextTokens -= ticket.waiting.promptTokens() + ticket.outputTokens;
        }
        decodeTokens -= ticket.decodeTokensReserved;
        ticket.decodeTokensReserved = 0;
        kvTokens -= ticket.waiting.kvTokens();
        texts -= ticket.waiting.ask().textCount();
        places -= placesOf(ticket.waiting);
        ticket.slot = null;
        ticket.work = null;
    }

    private void endPrefill(Ticket ticket) {
        double own = ticket.waiting.promptTokens();
        awaitingFirstToken--;
        prefillTokens -= ticket.waiting.promptTokens();
        prefillSquares -= own * own;
    }

    void countCompleted() {
        completed++;
    }

    void countFailed() {
        failed++;
    }

    Set<Ticket> inFlight() {
        return inFlight;
    }

    EngineStatus status() {
        return new EngineStatus(
                description,
                inFlight.size(),
                prefillTokens,
                decodeTokensOutstanding(),
                kvTokens,
                dispatched,
                completed,
                failed,
                new EngineStatus.Health(state, breaker.state(), breaker.openings(), resting, reason));
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    @Override
    public int running() {
        return inFlight.size();
    }

    @Override
    public int awaitingFirstToken() {
        return awaitingFirstToken;
    }

    @Override
    public long contextTokens() {
        return contextTokens + engine.untoldTokens();
    }

    @Override
    public int runningCritical() {
        return runningCritical;
    }

    @Override
    public long prefillTokensOutstanding() {
        return prefillTokens;
    }

    @Override
    public long decodeTokensOutstanding() {
        if (engine.untoldTokens() == 0) {
            return decodeTokens;
        }
        long outstanding = decodeTokens;
        for (Ticket ticket : inFlight) {
            var work = ticket.work;
            if (work != null) {
                outstanding -= Math.min(work.untoldTokens(), ticket.decodeTokensReserved);
            }
        }
        return outstanding;
    }

    @Override
    public long kvTokensReserved() {
        return kvTokens;
    }

    @Override
    public int textsOutstanding() {
        return texts;
    }

    @Override
    public int placesTaken() {
        return places;
    }

    @Override
    public Optional<ReportedLoad> reportedLoad() {
        return engine.reportedLoad();
    }

    @Override
    public long dispatched() {
        return dispatched;
    }
}
