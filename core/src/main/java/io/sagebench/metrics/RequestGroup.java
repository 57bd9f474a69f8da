package io.sagebench.metrics;

import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.Vectors;
import io.sagebench.metrics.RunMetrics.Slo;
import java.util.OptionalDouble;

/// The numbers of requests that have something in common.
final class RequestGroup {
    private final Samples endToEnd;
    private final Samples ttft;
    private long total;
    private long completed;
    private long met;
    private long outputTokens;
    private long textsAsked;
    private long textsEmbedded;

    RequestGroup() {
        this(new Samples(), new Samples());
    }

    private RequestGroup(Samples endToEnd, Samples ttft) {
        this.endToEnd = endToEnd;
        this.ttft = ttft;
    }

    /// One that has taken the same so far.
    RequestGroup copy() {
        var copy = new RequestGroup(endToEnd.copy(), ttft.copy());
        copy.total = total;
        copy.completed = completed;
        copy.met = met;
        copy.outputTokens = outputTokens;
        copy.textsAsked = textsAsked;
        copy.textsEmbedded = textsEmbedded;
        return copy;
    }

    void add(RequestRecord ended) {
        total++;
        if (ended.metServiceLevel()) {
            met++;
        }
        if (ended.isCompleted()) {
            completed++;
            outputTokens += ended.tokens().output();
            textsAsked += ended.planned().form().textTokens().size();
            textsEmbedded += ended.vectors().map(Vectors::count).orElse(0);
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
        return new RunMetrics.Group(
                total, completed, slo(), endToEnd.summary(), ttft.summary(), outputTokens, textsAsked, textsEmbedded);
    }
}
