package io.sagebench.loadgen;

import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import io.sagebench.request.Check;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import io.sagebench.workload.Plan;
import io.sagebench.workload.PlannedRequest;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Sends the requests of a plan, each at its intended time. With a plan whose times stand beforehand this is an open loop: a late reply never
/// delays a later request, and latencies count from the intended time, so that a stall shows up in full (Tene's coordinated omission does not
/// occur). Where the plan lets a request follow the end of another, it is sent at its time after that end.
///
/// With a limit on what is in flight, requests whose time has come wait for a free slot, in order. They keep their intended times: the wait is send
/// lag, and part of their latency.
///
/// Belongs to its timeline. The progress figures may be read from any thread.
public final class LoadGenerator {
    /// Where nothing limits what is in flight.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /// Nearer requests could hardly be prepared in time.
    private static final long WORTH_ANNOUNCING_NANOS = 500_000;

    private final Timeline timeline;
    private final LoadClient client;
    private final Journal journal;
    private final Runnable whenDone;
    private final Plan.Reading requests;
    private final int mostInFlight;
    private final Timer sender;
    /// The next of those whose times stand beforehand.
    private @Nullable PlannedRequest next;
    /// Those that follow the end of another, and whose time has not come.
    private final PriorityQueue<PlannedRequest> following = new PriorityQueue<>(
            Comparator.comparingLong(PlannedRequest::intendedAtNanos).thenComparingLong(PlannedRequest::index));
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private int peakInFlight;
    private long heldBack;
    private boolean stopped;
    private boolean done;

    /// One without a limit on what is in flight.
    ///
    /// @param plan         what is sent
    /// @param beginAtNanos the moment the plan's times count from
    /// @param journal      gets each record as its request ends
    /// @param whenDone     runs once, after the last request has ended
    public LoadGenerator(
            Timeline timeline, Plan plan, long beginAtNanos, LoadClient client, Journal journal, Runnable whenDone) {
        this(timeline, plan, beginAtNanos, UNLIMITED, client, journal, whenDone);
    }

    /// @param plan         what is sent
    /// @param beginAtNanos the moment the plan's times count from
    /// @param mostInFlight the most requests in flight at once, at least 1; [#UNLIMITED] for no limit
    /// @param journal      gets each record as its request ends
    /// @param whenDone     runs once, after the last request has ended
    public LoadGenerator(
            Timeline timeline,
            Plan plan,
            long beginAtNanos,
            int mostInFlight,
            LoadClient client,
            Journal journal,
            Runnable whenDone) {
        this.timeline = timeline;
        this.client = client;
        this.journal = journal;
        this.whenDone = whenDone;
        this.mostInFlight = Check.atLeast(1, mostInFlight, "mostInFlight");
        this.requests = plan.open(beginAtNanos);
        this.sender = timeline.timer(() -> sendDue(false));
    }

    /// Begins. Called once, on the timeline.
    public void start() {
        advance();
        arm();
        checkDone();
    }

    /// Sends no more, and gives up on what is in flight. The requests that were never sent leave no record.
    public void stop() {
        stopped = true;
        next = null;
        following.clear();
        sender.cancel();
        client.cancelAll();
        checkDone();
    }

    /// Requests sent so far.
    public long sent() {
        return sent.get();
    }

    /// Of these, how many have ended.
    public long ended() {
        return ended.get();
    }

    /// The most requests that were in flight at once.
    public int peakInFlight() {
        return peakInFlight;
    }

    /// How many of those sent had to wait because as many as may be were in flight.
    public long heldBack() {
        return heldBack;
    }

    private void advance() {
        next = requests.hasNext() && !stopped ? requests.next() : null;
        if (next != null && next.intendedAtNanos() - timeline.nowNanos() > WORTH_ANNOUNCING_NANOS) {
            client.announce(next);
        }
    }

    private boolean followerComesFirst() {
        PlannedRequest follower = following.peek();
        return follower != null && (next == null || follower.intendedAtNanos() < next.intendedAtNanos());
    }

    private @Nullable PlannedRequest earliest() {
        return followerComesFirst() ? following.peek() : next;
    }

    private boolean isFull() {
        return sent.get() - ended.get() >= mostInFlight;
    }

    /// @param waited whether what is due by now has waited for a free slot
    private void sendDue(boolean waited) {
        PlannedRequest due = earliest();
        while (due != null && due.intendedAtNanos() <= timeline.nowNanos() && !isFull()) {
            long inFlight = sent.incrementAndGet() - ended.get();
            peakInFlight = Math.max(peakInFlight, Math.toIntExact(inFlight));
            heldBack += waited ? 1 : 0;
            if (followerComesFirst()) {
                client.send(following.remove(), this::end);
            } else {
                client.send(due, this::end);
                advance();
            }
            due = earliest();
        }
        arm();
    }

    /// For the next one, unless it is due and waits for a free slot.
    private void arm() {
        PlannedRequest coming = earliest();
        if (coming != null && !(isFull() && coming.intendedAtNanos() <= timeline.nowNanos())) {
            sender.armAt(coming.intendedAtNanos());
        }
    }

    private void end(RequestRecord record) {
        boolean wasFull = isFull();
        journal.write(record);
        ended.incrementAndGet();
        if (!stopped) {
            if (wasFull) {
                sendDue(true);
            }
            requests.after(record.planned(), record.endedAtNanos(), record.isCompleted()).ifPresent(this::follow);
        }
        checkDone();
    }

    private void follow(PlannedRequest request) {
        following.add(request);
        sendDue(false);
    }

    private void checkDone() {
        if (!done && next == null && following.isEmpty() && ended.get() == sent.get()) {
            done = true;
            whenDone.run();
        }
    }
}
