package io.sagebench.metrics;

import io.sagebench.journal.RequestRecord;
import io.sagebench.metrics.RunMetrics.Slo;
import java.util.OptionalDouble;

/// The numbers of requests that have something in common.
final class RequestGroup {
    private final Samples endToEnd = new Samples();
    private final Samples ttft = new Samples();
    private long total;
    private long completed;
    private long met;
    private long outputTokens;

    void add(RequestRecord ended) {
        total++;
        if (ended.metServiceLevel()) {
            met++;
        }
        if (ended.isCompleted()) {
            completed++;
            outputTokens += ended.tokens().output();
            ended.endToEndNanos().ifPresent(endToEnd::add);
            ended.ttftNanos().ifPresent(ttft::add);
        }
    }

    long total() {
        return total;
    }

    long completed() {
        return completed;
    }

    long outputTokens() {
        return outputTokens;
    }

    Slo slo() {
        return new Slo(met, total, total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) met / total));
    }

    RunMetrics.Group summary() {
        return new RunMetrics.Group(total, completed, slo(), endToEnd.summary(), ttft.summary(), outputTokens);
    }
}
