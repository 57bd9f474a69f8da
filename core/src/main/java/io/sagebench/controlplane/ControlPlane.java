package io.sagebench.controlplane;

import io.sagebench.controlplane.Refusal.Reason;
import io.sagebench.controlplane.Ticket.State;
import io.sagebench.engine.Ask;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.metrics.recent.RecentSeconds;
import io.sagebench.policy.Lane;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Waiting;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestId;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/// The scheduling gateway: takes requests in, lets the policy in force decide which goes to which engine, reserves the load before the next
/// decision, and tells each submitter how its request ended, exactly once. Engines may come, go, fail and recover meanwhile.
///
/// Event driven: it decides at each arrival, completion and failure, never by polling. All methods are called on the timeline.
public final class ControlPlane {
    private static final String DUPLICATE = "a request with this id is queued or running here already; each needs its own";
    private static final String CANCELLED = "the request was cancelled by an operator";

    private final Timeline timeline;
    private final ControlPlaneSettings settings;
    private final PolicyInForce inForce;
    private final Pool pool;
    private final Fleet fleet;
    private final Books books;
    private final OutputLengthEstimator outputLengths = new OutputLengthEstimator();
    private final Requests requests;
    private final WaitingRoom room;
    private final Stranded stranded;
    private final Retries retries;
    private final Saturation saturation;
    private final Admission admission;
    private final Dispatcher dispatcher;
    private final Timer drainLimit;
    private long nextSequence;

    /// A control plane that passes failures of engines on as they are, see [ControlPlaneSettings#plain].
    public ControlPlane(
            Timeline timeline,
            Policies policies,
            String firstPolicy,
            List<Engine> engines,
            QueueLimits limits,
            Seed seed,
            LongSupplier stopwatch) {
        this(timeline, policies, firstPolicy, engines, ControlPlaneSettings.plain(limits), seed, stopwatch);
    }

    /// @param policies    the policies to choose from
    /// @param firstPolicy the one in force at first, with its default parameters
    /// @param engines     where requests go at first; ids must differ
    /// @param settings    how it treats requests and engines
    /// @param seed        for policies that draw lots, and for jitter
    /// @param stopwatch   nanoseconds that pass while a policy decides, to report what decisions cost; always 0 in virtual time
    /// @throws IllegalArgumentException when there is no such policy
    public ControlPlane(
            Timeline timeline,
            Policies policies,
            String firstPolicy,
            List<Engine> engines,
            ControlPlaneSettings settings,
            Seed seed,
            LongSupplier stopwatch) {
        this.timeline = timeline;
        this.settings = settings;
        FailureSettings failures = settings.failures();
        inForce = new PolicyInForce(policies, firstPolicy, seed);
        books = new Books(inForce);
        var tenants = new Tenants(settings.admission());
        requests = new Requests(timeline, books, tenants, settings.history());
        pool = new Pool(timeline);
        room = new WaitingRoom(timeline, settings.queue(), inForce, books, this::expire);
        stranded = new Stranded(timeline, pool, requests, failures.patience(), this::giveUp);
        retries = new Retries(timeline, failures.retries(), pool);
        fleet = new Fleet(timeline, pool, failures, seed, this::enginesChanged, this::evict);
        dispatcher = new Dispatcher(
                timeline,
                pool,
                inForce,
                room,
                requests,
                books,
                retries,
                failures.phases(),
                outputLengths,
                stopwatch,
                new Dispatcher.Callers() {
                    @Override
                    public void enqueue(Ticket ticket) {
                        ControlPlane.this.enqueue(ticket);
                    }

                    @Override
                    public void called(
                            EngineSlot slot, long call, Breaker.Verdict verdict, Optional<EngineFailure> failure) {
                        fleet.called(slot, call, verdict, failure);
                    }
                });
        saturation = new Saturation(pool, room);
        admission = new Admission(
                timeline, pool, room, books, tenants, saturation, settings.admission().maxSaturation());
        drainLimit = timeline.timer(this::stopAll);
        pool.scheduleBy(inForce.policy().tokenScheduling());
        books.beginEpoch(timeline.nowNanos());
        for (Engine engine : engines) {
            if (fleet.add(engine) instanceof EngineChange.Refused(String message)) {
                throw new IllegalArgumentException(message);
            }
        }
    }

    /// Takes a request in, or refuses it. Events follow on the timeline, possibly before this method returns.
    ///
    /// @return the ticket by which it can be cancelled
    public long submit(Submission submission, SubmissionEvents events) {
        long sequence = nextSequence++;
        if (requests.newest(submission.id()) != null) {
            requests.refuseSecond(submission, events, new Refusal(Reason.DUPLICATE_REQUEST_ID, DUPLICATE, Optional.empty()));
            return sequence;
        }
        Optional<Refusal> refusal = admission.refusalOf(submission);
        if (refusal.isPresent()) {
            requests.refuseAtOnce(sequence, submission, events, refusal.get());
            return sequence;
        }
        var ticket = new Ticket(submission, events, waitingFor(sequence, submission));
        if (admission.isFull(ticket.waiting) && !makeRoom(ticket)) {
            requests.refuseAtOnce(sequence, submission, events, admission.queueFull());
            return sequence;
        }
        requests.admit(ticket);
        retries.admitted();
        enqueue(ticket);
        dispatcher.decide();
        return sequence;
    }

    /// Cancels a request wherever it is; no event of it follows. Harmless when it has ended.
    public void cancel(long sequence) {
        Ticket ticket = requests.withSequence(sequence);
        if (ticket != null) {
            cancel(ticket, () -> {});
        }
    }

    /// Cancels the newest request with that id on behalf of somebody else than its submitter, who is told: by a refusal while it was queued, else
    /// by a failure. Harmless when it has ended.
    ///
    /// @return how it ended; absent when no such request is known
    public Optional<RequestStatus> cancel(RequestId id) {
        Ticket ticket = requests.newest(id);
        if (ticket != null) {
            boolean wasQueued = ticket.state == State.QUEUED;
            cancel(ticket, () -> {
                if (wasQueued) {
                    ticket.events.refused(new Refusal(Reason.CANCELLED, CANCELLED, Optional.empty()));
                } else {
                    ticket.events.failed(new EngineFailure(Reason.CANCELLED.status(), CANCELLED));
                }
            });
        }
        return requests.statusOf(id);
    }

    private void cancel(Ticket ticket, Runnable tell) {
        if (ticket.state == State.QUEUED) {
            room.withdraw(ticket);
            requests.cancelled(ticket, tell);
        } else {
            dispatcher.stop(ticket, gone -> requests.cancelled(gone, tell));
        }
        dispatcher.decide();
    }

    /// Where a request is, or how it ended: the newest with that id. Absent when none is known any more.
    public Optional<RequestStatus> status(RequestId id) {
        return requests.statusOf(id);
    }

    /// When the last token of a running request came that its submitter was not told of, in nanoseconds; absent when there is none.
    public OptionalLong lastUntoldTokenAtNanos(long sequence) {
        Ticket ticket = requests.withSequence(sequence);
        return ticket == null || ticket.work == null ? OptionalLong.empty() : ticket.work.lastUntoldAtNanos();
    }

    /// Puts a fresh policy in force: what waits moves into it in the order of arrival, what runs goes on where it is. Refused, with nothing
    /// changed, when the name or a parameter is wrong.
    public PolicySwitch activate(String name, Map<String, String> given) {
        PolicySwitch result = inForce.switchTo(name, given);
        if (result instanceof PolicySwitch.Active) {
            books.beginEpoch(timeline.nowNanos());
            pool.scheduleBy(inForce.policy().tokenScheduling());
            for (Ticket ticket : requests.queued()) {
                inForce.policy().arrived(ticket.waiting);
            }
            dispatcher.decide();
        }
        return result;
    }

    /// The policy in force.
    public PolicySwitch.Active active() {
        return inForce.active();
    }

    /// How the policy in force falls short of its rule with these engines, if it does.
    public Optional<String> degraded() {
        return inForce.policy().degraded(pool);
    }

    /// What the policy in force computes that is worth watching.
    public Map<String, Double> figures() {
        return inForce.policy().figures();
    }

    /// Adds an engine. It gets requests once it says that it is ready.
    public EngineChange addEngine(Engine engine) {
        return fleet.add(engine);
    }

    /// Gives an engine no more requests. It has STOPPED once it is idle; at the drain limit, what still runs there is tried elsewhere or fails.
    public EngineChange drainEngine(EngineId engine) {
        return fleet.drain(engine);
    }

    /// Brings an engine back that was drained, has stopped, is in error or not trusted.
    public EngineChange enableEngine(EngineId engine) {
        return fleet.enable(engine);
    }

    /// Drains an engine and forgets it.
    public EngineChange removeEngine(EngineId engine) {
        return removeEngine(engine, () -> {});
    }

    /// Drains an engine and forgets it.
    ///
    /// @param whenGone runs when nothing runs on it any more, perhaps now; not when it is enabled before
    public EngineChange removeEngine(EngineId engine, Runnable whenGone) {
        return fleet.remove(engine, whenGone);
    }

    /// From now on refuses new requests; what is queued or running goes on.
    public void stopAdmitting() {
        admission.stop();
    }

    /// Whether new requests are refused.
    public boolean isStopping() {
        return admission.isStopping();
    }

    /// Refuses new requests, and runs `onDone` when nothing is queued or running any more: now, later, or at the drain limit, when what is left
    /// fails.
    public void drain(Runnable onDone) {
        drain(settings.failures().drainLimit(), onDone);
    }

    /// The same with another limit.
    public void drain(Duration limit, Runnable onDone) {
        admission.stop();
        drainLimit.armAt(timeline.nowNanos() + limit.toNanos());
        requests.whenNone(() -> {
            drainLimit.cancel();
            onDone.run();
        });
    }

    /// The books.
    public ControlPlaneMetrics metrics() {
        return books.summary(room.size(), dispatcher.running(), saturation.ofPool(), fleet.openings());
    }

    /// Where the requests are: what [#metrics] says of it, at hardly any cost.
    public ControlPlaneMetrics.Conservation counts() {
        return books.counts(room.size(), dispatcher.running());
    }

    /// Tells `recent` of each request that ends and of how fast answers come, from now on.
    public void tell(RecentSeconds recent) {
        books.tell(recent);
    }

    /// The books by policy, model, type, priority and tenant, since the control plane began or they were reset.
    public List<GroupMetrics> groups() {
        return books.groups();
    }

    /// Forgets all that was measured. Counts of requests since the control plane began stay, and so does the policy.
    public void resetMetrics() {
        books.reset(timeline.nowNanos());
    }

    /// The engines and their books, in the order in which they were added.
    public List<EngineStatus> engines() {
        return pool.slots().stream().map(EngineSlot::status).toList();
    }

    /// The engine of that name.
    public Optional<Engine> engine(EngineId id) {
        return Optional.ofNullable(pool.slot(id)).map(slot -> slot.engine);
    }

    private Waiting waitingFor(long sequence, Submission submission) {
        Ask ask = submission.ask();
        return new Waiting(
                sequence,
                submission.id(),
                timeline.nowNanos(),
                ask,
                submission.priority(),
                submission.serviceLevel(),
                submission.caller(),
                pool.predict(new Lane(ask.model(), ask.type()), ask.promptTokens(), predictedOutput(submission)),
                Set.of());
    }

    private int predictedOutput(Submission submission) {
        Ask ask = submission.ask();
        if (!ask.type().isGeneration()) {
            return 0;
        }
        int output = submission
                .announcedOutputTokens()
                .orElseGet(() -> outputLengths.predict(
                        ask.model(), submission.caller().tenant(), ask.promptTokens(), ask.maxOutputTokens()));
        return Math.clamp(output, 1, ask.maxOutputTokens());
    }

    /// Displaces whom the policy says, if that makes room.
    private boolean makeRoom(Ticket arrival) {
        Optional<Waiting> victim = inForce.policy()
                .displacedBy(arrival.waiting)
                .filter(yielding -> !room.exceedsLimits(arrival.waiting, Optional.of(yielding)));
        victim.map(yielding -> requests.withSequence(yielding.sequence()))
                .ifPresent(yielding -> refuseQueued(
                        yielding, Reason.DISPLACED, "a more urgent request took this one's place in a full queue"));
        return victim.isPresent();
    }

    private void enqueue(Ticket ticket) {
        room.enter(ticket);
        stranded.arrived(ticket);
    }

    private void expire(Ticket ticket) {
        refuseQueued(ticket, Reason.DEADLINE_EXPIRED, "the deadline passed while the request was queued");
        dispatcher.decide();
    }

    private void refuseQueued(Ticket ticket, Reason reason, String message) {
        room.withdraw(ticket);
        requests.refused(ticket, new Refusal(reason, message, Optional.empty()));
    }

    /// No engine can run a queued request, and none will in good time.
    private void giveUp(Ticket ticket) {
        EngineFailure failure = ticket.lastFailure;
        if (failure == null) {
            refuseQueued(ticket, Reason.NO_ENGINE, "no engine that can run this request is in service");
        } else {
            room.withdraw(ticket);
            requests.failed(ticket, failure);
        }
    }

    private void evict(Ticket ticket, EngineFailure failure) {
        dispatcher.evict(ticket, failure);
    }

    private void enginesChanged() {
        if (room.size() > 0) {
            stranded.review();
            dispatcher.decide();
        }
    }

    /// The drain limit of the whole control plane has passed.
    private void stopAll() {
        var failure = new EngineFailure(503, "this control plane stopped before the answer was complete");
        for (Ticket ticket : requests.all()) {
            switch (ticket.state) {
                case QUEUED -> refuseQueued(ticket, Reason.STOPPING, "this control plane stopped before the request could run");
                case RUNNING -> dispatcher.stop(ticket, left -> requests.failed(left, failure));
                case ENDED -> {} // by the submitter of one before
            }
        }
    }
}
