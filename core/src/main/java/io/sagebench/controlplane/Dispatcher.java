package io.sagebench.controlplane;

import io.sagebench.controlplane.Refusal.Reason;
import io.sagebench.controlplane.Ticket.State;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.policy.Decision;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Policy;
import io.sagebench.policy.Waiting;
import io.sagebench.time.TickSpan;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Asks the policy in force and does what it decides: sends requests to engines, and takes them through success, failure and further tries.
final class Dispatcher {
    /// How often requests may be taken back between two holds, for each request there is: far above what any rule needs, so that a policy that would go on
    /// for ever is told apart from one that works hard.
    private static final int MOST_TAKEN_BACK = 10;

    private final Timeline timeline;
    private final Pool pool;
    private final PolicyInForce inForce;
    private final WaitingRoom room;
    private final Requests requests;
    private final Books books;
    private final Retries retries;
    private final Silence silence;
    private final LongSupplier stopwatch;
    private final OutputLengthEstimator outputLengths;
    private final Callers callers;
    private final Timer wakeUp;
    private long dispatches;
    private int running;
    private boolean deciding;

    /// Whom it calls back.
    interface Callers {
        /// A request begins to wait again.
        void enqueue(Ticket ticket);

        /// A call to an engine has ended, and all that follows from it for its request is done.
        void called(EngineSlot slot, long call, Breaker.Verdict verdict, Optional<EngineFailure> failure);
    }

    Dispatcher(
            Timeline timeline,
            Pool pool,
            PolicyInForce inForce,
            WaitingRoom room,
            Requests requests,
            Books books,
            Retries retries,
            Optional<PhaseLimits> phases,
            OutputLengthEstimator outputLengths,
            LongSupplier stopwatch,
            Callers callers) {
        this.timeline = timeline;
        this.pool = pool;
        this.inForce = inForce;
        this.room = room;
        this.requests = requests;
        this.books = books;
        this.retries = retries;
        this.silence = new Silence(timeline, phases, this::giveUp);
        this.outputLengths = outputLengths;
        this.stopwatch = stopwatch;
        this.callers = callers;
        this.wakeUp = timeline.timer(this::decide);
    }

    /// How many requests are on engines.
    int running() {
        return running;
    }

    /// Asks the policy until it holds. An event that comes from within, because a submitter reacts at once, is covered by the loop that is
    /// under way.
    void decide() {
        if (deciding) {
            return;
        }
        deciding = true;
        try {
            wakeUp.cancel();
            long mayBeTakenBack = MOST_TAKEN_BACK * ((long) room.size() + running);
            while (room.size() > 0) {
                long before = stopwatch.getAsLong();
                Decision decision = inForce.policy().next(pool);
                books.decided(stopwatch.getAsLong() - before);
                switch (decision) {
                    case Decision.Dispatch(Waiting request, EngineId engine) -> dispatch(List.of(request), engine);
                    case Decision.DispatchTogether(List<Waiting> together, EngineId engine) -> dispatch(together, engine);
                    case Decision.Reject(Waiting request, String reason) -> reject(ticketOf(request), reason);
                    case Decision.Preempt(InFlight victim) -> {
                        if (--mayBeTakenBack < 0) {
                            throw new IllegalStateException("policy " + inForce.active().policy()
                                    + " takes requests back without end; " + victim.request() + " is the last of them");
                        }
                        preempt(ticketOf(victim.request()));
                    }
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

    /// Sends waiting requests to an engine: one, or several by one call. All are reserved before any submitter is told, since those may react.
    private void dispatch(List<Waiting> together, EngineId engine) {
        EngineSlot slot = pool.slot(engine);
        if (slot == null || !slot.isInService() || !slot.hasRoom()) {
            throw cannotTake(together.getFirst(), engine);
        }
        var going = new ArrayList<Progress>(together.size());
        for (Waiting request : together) {
            Ticket ticket = ticketOf(request);
            if (ticket.state != State.QUEUED || !slot.hasSpaceFor(ticket.waiting)) {
                throw cannotTake(request, engine);
            }
            reserve(ticket, slot, going.isEmpty());
            going.add(new Progress(ticket, slot));
        }
        going.forEach(Progress::tellDispatched);
        going.removeIf(Progress::isOver); // its submitter may have cancelled it just now
        if (going.isEmpty()) {
            return;
        }
        if (together.size() == 1) {
            Progress only = going.getFirst();
            only.ticket.work = slot.engine.start(jobOf(only.ticket), only);
        } else {
            List<EngineWork> works = slot.engine.startTogether(
                    going.stream().map(progress -> jobOf(progress.ticket)).toList(), List.copyOf(going));
            for (int i = 0; i < works.size(); i++) {
                going.get(i).ticket.work = works.get(i);
            }
        }
        going.forEach(progress -> silence.watch(progress.ticket));
    }

    private IllegalStateException cannotTake(Waiting request, EngineId engine) {
        return new IllegalStateException("policy " + inForce.active().policy() + " sends " + request + " to " + engine
                + ", which cannot take it");
    }

    /// @param counts whether its engine's breaker counts it; of requests sent by one call, one counts
    private void reserve(Ticket ticket, EngineSlot slot, boolean counts) {
        room.leave(ticket);
        ticket.state = State.RUNNING;
        ticket.dispatcher = inForce.policy();
        ticket.attempts++;
        ticket.call = counts ? slot.breaker.begun() : Ticket.NO_CALL;
        running++;
        slot.reserve(ticket, timeline.nowNanos(), dispatches++);
        ticket.where = new DispatchedTo(
                slot.description().id(),
                inForce.active().policy(),
                inForce.active().epoch(),
                timeline.nowNanos() - ticket.waiting.arrivedAtNanos());
    }

    private static EngineJob jobOf(Ticket ticket) {
        Submission submission = ticket.submission;
        return new EngineJob(submission.id(), submission.ask(), submission.priority(), submission.payload());
    }

    private void reject(Ticket ticket, String reason) {
        room.leave(ticket);
        requests.refused(ticket, new Refusal(Reason.REJECTED_BY_POLICY, reason, Optional.empty()));
    }

    /// Takes a request back, unless more of its answer is out than was told here: then it stays, since it cannot begin anew.
    private void preempt(Ticket victim) {
        if (!victim.mayBeTakenBack()) {
            throw new IllegalStateException("policy " + inForce.active().policy() + " preempts " + victim.waiting
                    + ", which is not running or has sent tokens");
        }
        if (victim.events.answerHasBegun(victim.outputTokens)) {
            victim.hasBegunUntold = true;
            return;
        }
        Left left = withdraw(victim);
        callers.enqueue(victim);
        left.tell(Breaker.Verdict.NONE, Optional.empty());
    }

    /// Takes a running request from its engine, which did not fail; it fails all the same, or is tried elsewhere.
    void evict(Ticket ticket, EngineFailure failure) {
        Left left = takeBack(ticket, Policy.Ending.FAILED);
        goOnAfter(left, ticket, failure);
        left.tell(Breaker.Verdict.NONE, Optional.empty());
        decide();
    }

    /// Takes a running request from its engine and ends it, whatever it could do elsewhere.
    void stop(Ticket ticket, Consumer<Ticket> end) {
        Left left = withdraw(ticket);
        end.accept(ticket);
        left.tell(Breaker.Verdict.NONE, Optional.empty());
    }

    /// An engine has been silent for too long.
    private void giveUp(Ticket ticket, EngineFailure failure) {
        Left left = takeBack(ticket, Policy.Ending.FAILED);
        left.slot.countFailed();
        goOnAfter(left, ticket, failure);
        left.tell(Breaker.Verdict.BAD, Optional.of(failure));
        decide();
    }

    private void goOnAfter(Left left, Ticket ticket, EngineFailure failure) {
        if (retries.mayGoOn(ticket, failure, left.slot.description().id())) {
            books.retried(ticket);
            callers.enqueue(ticket);
        } else {
            requests.failed(ticket, failure);
        }
    }

    private Left withdraw(Ticket ticket) {
        return takeBack(ticket, Policy.Ending.WITHDRAWN);
    }

    private Left takeBack(Ticket ticket, Policy.Ending how) {
        EngineSlot slot = ticket.slot;
        if (slot == null) {
            throw new IllegalStateException("running, but nowhere: " + ticket.waiting);
        }
        EngineWork work = ticket.work;
        if (work != null) {
            work.cancel();
        }
        return release(ticket, slot, how);
    }

    /// A request is on its engine no more.
    private Left release(Ticket ticket, EngineSlot slot, Policy.Ending how) {
        var left = new Left(slot, ticket.call);
        silence.unwatch(ticket);
        slot.release(ticket);
        running--;
        Policy dispatcher = ticket.dispatcher;
        if (dispatcher == inForce.policy()) {
            dispatcher.ended(ticket.waiting, slot.description().id(), ticket.outputTokens, how, timeline.nowNanos());
        }
        return left;
    }

    /// The call by which a request was on an engine.
    private final class Left {
        private final EngineSlot slot;
        private final long call;

        Left(EngineSlot slot, long call) {
            this.slot = slot;
            this.call = call;
        }

        void tell(Breaker.Verdict verdict, Optional<EngineFailure> failure) {
            callers.called(slot, call, verdict, failure);
        }
    }

    private Ticket ticketOf(Waiting request) {
        Ticket ticket = requests.withSequence(request.sequence());
        if (ticket == null) {
            throw new IllegalStateException("policy " + inForce.active().policy() + " speaks of a request that has ended: " + request);
        }
        return ticket;
    }

    /// What the engine reports of one ticket, the time it is there.
    private final class Progress implements EngineEvents {
        private final Ticket ticket;
        private final EngineSlot slot;
        private final int attempt;

        Progress(Ticket ticket, EngineSlot slot) {
            this.ticket = ticket;
            this.slot = slot;
            this.attempt = ticket.attempts;
        }

        void tellDispatched() {
            DispatchedTo where = ticket.where;
            if (where != null && !isOver()) { // it may be over: cancelled by the submitter of another of the same call
                books.dispatched(ticket, where.queueNanos());
                ticket.events.dispatched(where);
            }
        }

        boolean isOver() {
            return ticket.state != State.RUNNING || ticket.attempts != attempt;
        }

        private void checkGoesOn() {
            if (isOver()) {
                throw new IllegalStateException("engine " + slot.description().id() + " speaks of a job that is over: " + ticket.waiting);
            }
        }

        @Override
        public void tokens(int count) {
            checkGoesOn();
            boolean first = ticket.outputTokens == 0;
            take(count);
            if (first) {
                books.firstToken(ticket, timeline.nowNanos());
                silence.firstToken(ticket);
            }
            ticket.events.tokens(count);
        }

        @Override
        public boolean wantsEachToken() {
            return ticket.events.wantsEachToken() || inForce.policy().wantsEachToken();
        }

        private void take(int count) {
            slot.tokens(ticket, count, timeline.nowNanos());
            Policy dispatcher = ticket.dispatcher;
            if (dispatcher == inForce.policy()) {
                dispatcher.tokens(ticket.waiting, slot.description().id(), count, timeline.nowNanos());
            }
        }

        @Override
        public void tokensAt(List<TickSpan> ticks) {
            checkGoesOn();
            int count = ticks.stream().mapToInt(TickSpan::size).sum();
            int untold = count - ticket.outputTokens;
            if (untold > 0) {
                take(untold);
            }
            ticket.events.tokensAt(ticks);
        }

        @Override
        public void finished(EngineResult result) {
            checkGoesOn();
            slot.learnStep(ticket, timeline.nowNanos());
            Submission submission = ticket.submission;
            if (result.outputTokens() > 0) { // an embedding says nothing of how long answers are
                outputLengths.observe(
                        submission.ask().model(),
                        submission.caller().tenant(),
                        submission.ask().promptTokens(),
                        result.outputTokens());
            }
            Left left = release(ticket, slot, Policy.Ending.COMPLETED);
            slot.countCompleted();
            requests.completed(ticket, result);
            left.tell(Breaker.Verdict.GOOD, Optional.empty());
            decide();
        }

        @Override
        public void failed(EngineFailure failure) {
            checkGoesOn();
            Left left = release(ticket, slot, Policy.Ending.FAILED);
            slot.countFailed();
            goOnAfter(left, ticket, failure);
            left.tell(failure.isFaultOfEngine() ? Breaker.Verdict.BAD : Breaker.Verdict.NONE, Optional.of(failure));
            decide();
        }
    }
}
