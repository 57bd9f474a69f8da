package io.sagebench.loadgen;

import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import io.sagebench.workload.Plan;
import io.sagebench.workload.PlannedRequest;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Sends the requests of a plan, each at its intended time, whatever the server does: an open loop. A late reply never delays a later
/// request, and latencies count from the intended time, so that a stall shows up in full (Tene's coordinated omission does not occur).
///
/// Belongs to its timeline. The progress figures may be read from any thread.
public final class LoadGenerator {
    /// Nearer requests could hardly be prepared in time.
    private static final long WORTH_ANNOUNCING_NANOS = 500_000;

    private final Timeline timeline;
    private final LoadClient client;
    private final Journal journal;
    private final Runnable whenDone;
    private final Iterator<PlannedRequest> requests;
    private final Timer sender;
    private @Nullable PlannedRequest next;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private int peakInFlight;
    private boolean stopped;
    private boolean done;

    /// @param plan         what is sent
    /// @param beginAtNanos the moment the plan's times count from
    /// @param journal      gets each record as its request ends
    /// @param whenDone     runs once, after the last request has ended
    public LoadGenerator(
            Timeline timeline, Plan plan, long beginAtNanos, LoadClient client, Journal journal, Runnable whenDone) {
        this.timeline = timeline;
        this.client = client;
        this.journal = journal;
        this.whenDone = whenDone;
        this.requests = plan.open(beginAtNanos);
        this.sender = timeline.timer(this::sendDue);
    }

    /// Begins. Called once, on the timeline.
    public void start() {
        advance();
        checkDone();
    }

    /// Sends no more, and gives up on what is in flight. The requests that were never sent leave no record.
    public void stop() {
        stopped = true;
        next = null;
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

    private void advance() {
        if (requests.hasNext() && !stopped) {
            PlannedRequest following = requests.next();
            next = following;
            sender.armAt(following.intendedAtNanos());
            if (following.intendedAtNanos() - timeline.nowNanos() > WORTH_ANNOUNCING_NANOS) {
                client.announce(following);
            }
        } else {
            next = null;
        }
    }

    private void sendDue() {
        PlannedRequest due = next;
        while (due != null && due.intendedAtNanos() <= timeline.nowNanos()) {
            long inFlight = sent.incrementAndGet() - ended.get();
            peakInFlight = Math.max(peakInFlight, Math.toIntExact(inFlight));
            client.send(due, this::end);
            advance();
            due = next;
        }
    }

    private void end(RequestRecord record) {
        journal.write(record);
        ended.incrementAndGet();
        checkDone();
    }

    private void checkDone() {
        if (!done && next == null && ended.get() == sent.get()) {
            done = true;
            whenDone.run();
        }
    }
}
