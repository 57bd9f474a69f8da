package io.sagebench.controlplane;

import io.sagebench.controlplane.Refusal.Reason;
import io.sagebench.controlplane.Ticket.State;
import io.sagebench.engine.Ask;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.policy.Decision;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Lane;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.Waiting;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestType;
import io.sagebench.time.TickSpan;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/// The scheduling gateway: takes requests in, lets the policy in force decide which goes to which engine, reserves the load before the next
/// decision, and tells each submitter how its request ended, exactly once.
///
/// Event driven: it decides at each arrival, completion and failure, never by polling. All methods are called on the timeline.
public final class ControlPlane {
    private final Timeline timeline;
    private final QueueLimits limits;
    private final LongSupplier stopwatch;
    private final PolicyInForce inForce;
    private final Pool pool;
    private final Books books = new Books();
    private final OutputLengthEstimator outputLengths = new OutputLengthEstimator();
    private final Map<Long, Ticket> tickets = new HashMap<>();
    private final QueueLedger queue;
    private final Timer wakeUp;
    private long nextSequence;
    private long dispatches;
    private int running;
    private boolean deciding;
    private boolean stopping;

    /// @param policies    the policies to choose from
    /// @param firstPolicy the one in force at first, with its default parameters
    /// @param engines     where requests go; ids must differ
    /// @param limits      of the queue
    /// @param seed        for policies that draw lots
    /// @param stopwatch   nanoseconds that pass while a policy decides, to report what decisions cost; always 0 in virtual time
    /// @throws IllegalArgumentException when there is no such policy
    public ControlPlane(
            Timeline timeline,
            Policies policies,
            String firstPolicy,
            List<Engine> engines,
            QueueLimits limits,
            Seed seed,
            LongSupplier stopwatch) {
        this.timeline = timeline;
        this.limits = limits;
        this.stopwatch = stopwatch;
        this.inForce = new PolicyInForce(policies, firstPolicy, seed);
        this.queue = new QueueLedger(limits);
        this.pool = new Pool(timeline, engines);
        this.wakeUp = timeline.timer(this::decide);
        pool.scheduleBy(inForce.policy().tokenScheduling());
        books.beginEpoch(timeline.nowNanos());
    }

    /// Takes a request in, or refuses it. Events follow on the timeline, possibly before this method returns.
    ///
    /// @return the ticket by which it can be cancelled
    public long submit(Submission submission, SubmissionEvents events) {
        long sequence = nextSequence++;
        Optional<Refusal> refusal = refusalOf(submission);
        if (refusal.isPresent()) {
            books.refusedAtOnce();
            events.refused(refusal.get());
            return sequence;
        }
        var ticket = new Ticket(submission, events, waitingFor(sequence, submission));
        if (isFull(ticket) && !makeRoom(ticket)) {
            books.refusedAtOnce();
            events.refused(queueFull());
            return sequence;
        }
        tickets.put(sequence, ticket);
        books.admitted();
        enqueue(ticket);
        decide();
        return sequence;
    }

    /// Cancels a request wherever it is; no event of it follows. Harmless when it has ended.
    public void cancel(long sequence) {
        Ticket ticket = tickets.get(sequence);
        if (ticket == null) {
            return;
        }
        switch (ticket.state) {
            case QUEUED -> {
                dequeue(ticket);
                inForce.policy().withdrawn(ticket.waiting);
            }
            case RUNNING -> stopWork(ticket);
            case ENDED -> throw new IllegalStateException("ended, but still listed: " + ticket.waiting);
        }
        end(ticket);
        books.cancelled();
        decide();
    }

    /// When the last token of a running request came that its submitter was not told of, in nanoseconds; absent when there is none.
    public OptionalLong lastUntoldTokenAtNanos(long sequence) {
        Ticket ticket = tickets.get(sequence);
        return ticket == null || ticket.work == null ? OptionalLong.empty() : ticket.work.lastUntoldAtNanos();
    }

    /// Puts a fresh policy in force: what waits moves into it in the order of arrival, what runs goes on where it is. Refused, with nothing
    /// changed, when the name or a parameter is wrong.
    public PolicySwitch activate(String name, Map<String, String> given) {
        PolicySwitch result = inForce.switchTo(name, given);
        if (result instanceof PolicySwitch.Active) {
            books.beginEpoch(timeline.nowNanos());
            pool.scheduleBy(inForce.policy().tokenScheduling());
            tickets.values().stream()
                    .filter(ticket -> ticket.state == State.QUEUED)
                    .map(ticket -> ticket.waiting)
                    .sorted(Comparator.comparingLong(Waiting::sequence))
                    .forEach(inForce.policy()::arrived);
            decide();
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

    /// From now on refuses new requests; what is queued or running goes on.
    public void stopAdmitting() {
        stopping = true;
    }

    /// The books.
    public ControlPlaneMetrics metrics() {
        return books.summary(inForce.active(), queue.size(), running);
    }

    /// The engines and their books, in a fixed order.
    public List<EngineStatus> engines() {
        return pool.slots().stream().map(EngineSlot::status).toList();
    }

    private Optional<Refusal> refusalOf(Submission submission) {
        if (stopping) {
            return Optional.of(refusal(Reason.STOPPING, "this control plane is stopping and takes no new requests"));
        }
        Ask ask = submission.ask();
        var lane = new Lane(ask.model(), ask.type());
        if (!pool.serves(lane)) {
            return Optional.of(refusal(Reason.UNKNOWN_MODEL, unknownModel(lane)));
        }
        if (!pool.fits(lane, ask.mostTokens())) {
            return Optional.of(refusal(
                    Reason.CONTEXT_TOO_LONG,
                    "no engine with this model has a context of " + ask.mostTokens() + " tokens (" + ask.promptTokens()
                            + " in the prompt, " + ask.maxOutputTokens() + " to generate)"));
        }
        return Optional.empty();
    }

    private String unknownModel(Lane lane) {
        boolean servesOtherType = Arrays.stream(RequestType.values())
                .anyMatch(type -> pool.serves(new Lane(lane.model(), type)));
        return servesOtherType
                ? "no engine here serves " + lane.type().wireName() + " requests for the model '" + lane.model() + "'"
                : "the model '" + lane.model() + "' does not exist";
    }

    private static Refusal refusal(Reason reason, String message) {
        return new Refusal(reason, message, Optional.empty());
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

    /// Whether the queue has no place for this request. One that an engine could take at once needs none.
    private boolean isFull(Ticket ticket) {
        boolean goesAtOnce = queue.size() == 0 && pool.hasRoomFor(ticket.waiting.lane());
        return !goesAtOnce && queue.exceedsLimits(ticket.waiting, Optional.empty());
    }

    /// Displaces whom the policy says, if that makes room.
    private boolean makeRoom(Ticket arrival) {
        Optional<Waiting> victim = inForce.policy()
                .displacedBy(arrival.waiting)
                .filter(yielding -> !queue.exceedsLimits(arrival.waiting, Optional.of(yielding)));
        victim.ifPresent(yielding -> {
            inForce.policy().withdrawn(yielding);
            refuse(ticketOf(yielding), Reason.DISPLACED, "a more urgent request took this one's place in a full queue");
        });
        return victim.isPresent();
    }

    private Refusal queueFull() {
        double endedPerSecond = books.endedPerSecond(timeline.nowNanos());
        double seconds = endedPerSecond > 0 ? Math.ceil(queue.size() / endedPerSecond) : 1;
        return new Refusal(
                Reason.QUEUE_FULL,
                "the queue is full: " + queue.size() + " requests wait",
                Optional.of(Duration.ofSeconds(Math.clamp((long) seconds, 1, 60))));
    }

    private void enqueue(Ticket ticket) {
        ticket.state = State.QUEUED;
        queue.add(ticket.waiting);
        books.queued(queue.size());
        ticket.waiting.serviceLevel().endToEnd().filter(_ -> limits.dropExpired()).ifPresent(deadline -> {
            long dueAtNanos = ticket.waiting.arrivedAtNanos() + deadline.toNanos();
            ticket.expiry = timeline.at(dueAtNanos, () -> expire(ticket));
        });
        inForce.policy().arrived(ticket.waiting);
    }

    private void dequeue(Ticket ticket) {
        queue.remove(ticket.waiting);
        Timer expiry = ticket.expiry;
        if (expiry != null) {
            expiry.cancel();
            ticket.expiry = null;
        }
    }

    private void expire(Ticket ticket) {
        inForce.policy().withdrawn(ticket.waiting);
        refuse(ticket, Reason.DEADLINE_EXPIRED, "the deadline passed while the request was queued");
        decide();
    }

    /// Refuses a queued request that its policy no longer holds.
    private void refuse(Ticket ticket, Reason reason, String message) {
        dequeue(ticket);
        end(ticket);
        books.refusedLater();
        ticket.events.refused(refusal(reason, message));
    }

    private void end(Ticket ticket) {
        ticket.state = State.ENDED;
        tickets.remove(ticket.waiting.sequence());
    }

    /// Asks the policy until it holds. An event that comes from within, because a submitter reacts at once, is covered by the loop that is
    /// under way.
    private void decide() {
        if (deciding) {
            return;
        }
        deciding = true;
        try {
            wakeUp.cancel();
            while (queue.size() > 0) {
                long before = stopwatch.getAsLong();
                Decision decision = inForce.policy().next(pool);
                books.decided(stopwatch.getAsLong() - before);
                switch (decision) {
                    case Decision.Dispatch(Waiting request, EngineId engine) -> dispatch(List.of(request), engine);
                    case Decision.DispatchTogether(List<Waiting> requests, EngineId engine) -> dispatch(requests, engine);
                    case Decision.Reject(Waiting request, String reason) ->
                        refuse(ticketOf(request), Reason.REJECTED_BY_POLICY, reason);
                    case Decision.Preempt(InFlight victim) -> preempt(ticketOf(victim.request()));
                    case Decision.Hold(long untilNanos) -> {
                        if (untilNanos != Long.MAX_VALUE) {
                            wakeUp.armAt(untilNanos);
                        }
                        return;
                    }
                }
            }
        } finally {
            deciding = false;
        }
    }

    /// Sends waiting requests to an engine: one, or several by one call.
    private void dispatch(List<Waiting> requests, EngineId engine) {
        EngineSlot slot = pool.slot(engine);
        var going = new ArrayList<Progress>(requests.size());
        for (Waiting request : requests) {
            Ticket ticket = ticketOf(request);
            if (slot == null || ticket.state != State.QUEUED || !slot.canTake(ticket.waiting)) {
                throw new IllegalStateException("policy " + inForce.active().policy() + " sends " + request + " to " + engine
                        + ", which cannot take it");
            }
            reserve(ticket, slot);
            going.add(new Progress(ticket, slot));
        }
        going.removeIf(progress -> progress.ticket.state != State.RUNNING); // its submitter may have cancelled it just now
        if (slot == null || going.isEmpty()) {
            return;
        }
        if (requests.size() == 1) {
            Progress only = going.getFirst();
            only.ticket.work = slot.engine.start(jobOf(only.ticket), only);
            return;
        }
        List<EngineWork> works = slot.engine.startTogether(
                going.stream().map(progress -> jobOf(progress.ticket)).toList(), List.copyOf(going));
        for (int i = 0; i < works.size(); i++) {
            going.get(i).ticket.work = works.get(i);
        }
    }

    private void reserve(Ticket ticket, EngineSlot slot) {
        dequeue(ticket);
        ticket.state = State.RUNNING;
        ticket.dispatcher = inForce.policy();
        running++;
        slot.reserve(ticket, timeline.nowNanos(), dispatches++);
        long queueNanos = timeline.nowNanos() - ticket.waiting.arrivedAtNanos();
        books.dispatched(queueNanos);
        ticket.events.dispatched(
                new DispatchedTo(slot.description().id(), inForce.active().policy(), inForce.active().epoch(), queueNanos));
    }

    private static EngineJob jobOf(Ticket ticket) {
        Submission submission = ticket.submission;
        return new EngineJob(submission.id(), submission.ask(), submission.priority(), submission.payload());
    }

    private void preempt(Ticket victim) {
        if (victim.state != State.RUNNING || victim.outputTokens > 0) {
            throw new IllegalStateException("policy " + inForce.active().policy() + " preempts " + victim.waiting
                    + ", which is not running or has sent tokens");
        }
        stopWork(victim);
        enqueue(victim);
    }

    private void stopWork(Ticket ticket) {
        var work = ticket.work;
        EngineSlot slot = ticket.slot;
        if (slot == null) {
            throw new IllegalStateException("running, but nowhere: " + ticket.waiting);
        }
        if (work != null) {
            work.cancel();
        }
        release(ticket, slot, Policy.Ending.WITHDRAWN);
    }

    /// A request is on its engine no more.
    private void release(Ticket ticket, EngineSlot slot, Policy.Ending how) {
        slot.release(ticket);
        running--;
        if (ticket.dispatcher == inForce.policy()) {
            ticket.dispatcher.ended(ticket.waiting, slot.description().id(), ticket.outputTokens, how);
        }
    }

    private Ticket ticketOf(Waiting request) {
        Ticket ticket = tickets.get(request.sequence());
        if (ticket == null) {
            throw new IllegalStateException("policy " + inForce.active().policy() + " speaks of a request that has ended: " + request);
        }
        return ticket;
    }

    /// What the engine reports of one ticket.
    private final class Progress implements EngineEvents {
        private final Ticket ticket;
        private final EngineSlot slot;

        Progress(Ticket ticket, EngineSlot slot) {
            this.ticket = ticket;
            this.slot = slot;
        }

        @Override
        public void tokens(int count) {
            boolean first = ticket.outputTokens == 0;
            take(count);
            if (first) {
                books.firstToken(ticket, timeline.nowNanos());
            }
            ticket.events.tokens(count);
        }

        @Override
        public boolean wantsEachToken() {
            return ticket.events.wantsEachToken() || inForce.policy().wantsEachToken();
        }

        private void take(int count) {
            slot.tokens(ticket, count, timeline.nowNanos());
            if (ticket.dispatcher == inForce.policy()) {
                ticket.dispatcher.tokens(ticket.waiting, slot.description().id(), count);
            }
        }

        @Override
        public void tokensAt(List<TickSpan> ticks) {
            int count = ticks.stream().mapToInt(TickSpan::size).sum();
            int untold = count - ticket.outputTokens;
            if (untold > 0) {
                take(untold);
            }
            ticket.events.tokensAt(ticks);
        }

        @Override
        public void finished(EngineResult result) {
            long nowNanos = timeline.nowNanos();
            slot.learnStep(ticket, nowNanos);
            books.completed(ticket, nowNanos);
            Submission submission = ticket.submission;
            if (result.outputTokens() > 0) { // an embedding says nothing of how long answers are
                outputLengths.observe(
                        submission.ask().model(),
                        submission.caller().tenant(),
                        submission.ask().promptTokens(),
                        result.outputTokens());
            }
            release(ticket, slot, Policy.Ending.COMPLETED);
            slot.countCompleted();
            end(ticket);
            ticket.events.finished(result);
            decide();
        }

        @Override
        public void failed(EngineFailure failure) {
            release(ticket, slot, Policy.Ending.FAILED);
            slot.countFailed();
            end(ticket);
            books.failed();
            ticket.events.failed(failure);
            decide();
        }
    }
}
