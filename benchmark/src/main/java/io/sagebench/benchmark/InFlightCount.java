package io.sagebench.benchmark;

import io.sagebench.journal.RequestRecord;
import io.sagebench.loadgen.LoadClient;
import io.sagebench.time.Timeline;
import io.sagebench.workload.PlannedRequest;
import java.util.function.Consumer;

/// Counts the requests in flight between load generator and client, and sums them over time: a check on the records, made without looking at them.
/// Belongs to its timeline.
final class InFlightCount implements LoadClient {
    private final LoadClient client;
    private final Timeline timeline;
    private long inFlight;
    private long sinceNanos;
    private double requestNanos;

    InFlightCount(LoadClient client, Timeline timeline) {
        this.client = client;
        this.timeline = timeline;
    }

    @Override
    public void send(PlannedRequest request, Consumer<RequestRecord> ended) {
        change(1);
        client.send(request, record -> {
            change(-1);
            ended.accept(record);
        });
    }

    @Override
    public void announce(PlannedRequest request) {
        client.announce(request);
    }

    @Override
    public void cancelAll() {
        client.cancelAll();
    }

    /// The number in flight, summed over the time until the last change.
    double requestSeconds() {
        return requestNanos / 1e9;
    }

    private void change(int by) {
        long nowNanos = timeline.nowNanos();
        requestNanos += (double) inFlight * (nowNanos - sinceNanos);
        sinceNanos = nowNanos;
        inFlight += by;
    }
}
