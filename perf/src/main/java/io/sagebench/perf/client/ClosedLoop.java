package io.sagebench.perf.client;

import io.sagebench.journal.ContentTimes;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps a number of streams in flight with the load client, and counts the content events that came in a window of time.
final class ClosedLoop {
    private final Settings settings;
    private final RunClock clock = new RunClock();
    private final LiveTimeline timeline = new LiveTimeline("timeline", clock, Throwable::printStackTrace);
    private final HttpLoadClient client;
    private final List<ContentTimes> contents = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private long next;
    private int inFlight;
    private boolean stopped;

    ClosedLoop(Settings settings) {
        this.settings = settings;
        client = new HttpLoadClient(settings.url(), settings.clientOptions(false), clock, timeline);
    }

    /// What was counted.
    ///
    /// @param events content events
    /// @param reads  socket reads that brought them: those of a stream that share a stamp came in one
    record Counted(long events, long reads, long windowNanos, long cpuNanos, Map<String, Integer> outcomes) {}

    Counted measure() throws InterruptedException {
        timeline.start();
        timeline.call(() -> {
            for (int i = 0; i < settings.streams(); i++) {
                sendNext();
            }
            return true;
        });
        Thread.sleep(settings.warmupSeconds() * 1_000L);
        timeline.call(() -> { // those before the window only cost memory
            contents.clear();
            return true;
        });
        long cpuBefore = ProcessCpu.nanos();
        long from = clock.nowNanos();
        Thread.sleep(settings.seconds() * 1_000L);
        long cpuNanos = ProcessCpu.nanos() - cpuBefore;
        long to = clock.nowNanos();
        timeline.call(() -> stopped = true);
        client.cancelAll();
        while (timeline.call(() -> inFlight) > 0) {
            Thread.sleep(10);
        }
        long[] counts = timeline.call(() -> count(from, to));
        client.close();
        timeline.close();
        return new Counted(counts[0], counts[1], to - from, cpuNanos, outcomes);
    }

    private void sendNext() {
        inFlight++;
        client.send(PoissonPlan.request(next++, clock.nowNanos(), settings.tokens()), this::ended);
    }

    private void ended(RequestRecord record) {
        inFlight--;
        contents.add(record.content());
        outcomes.merge(record.outcome().wireName(), 1, Integer::sum);
        if (!stopped) {
            sendNext();
        }
    }

    private long[] count(long from, long to) {
        long events = 0;
        long reads = 0;
        for (ContentTimes content : contents) {
            long beforeNanos = -1;
            for (int i = 0; i < content.events(); i++) {
                long atNanos = content.eventAtNanos(i);
                if (atNanos >= from && atNanos < to) {
                    events++;
                    reads += atNanos == beforeNanos ? 0 : 1;
                }
                beforeNanos = atNanos;
            }
        }
        return new long[] {events, reads};
    }
}
