package io.sagebench.benchmark;

import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/// What a person wants to see while a window goes on; cheap to keep, and readable from any thread.
final class LiveProgress implements Journal {
    private final AtomicLong errors = new AtomicLong();
    private final ConcurrentHistogram endToEnd = new ConcurrentHistogram(2);

    @Override
    public void write(RequestRecord ended) {
        if (!ended.isCompleted()) {
            errors.incrementAndGet();
        }
        ended.endToEndNanos().ifPresent(nanos -> endToEnd.recordValue(Math.max(0, nanos)));
    }

    long errors() {
        return errors.get();
    }

    OptionalLong p50Nanos() {
        return percentile(50);
    }

    OptionalLong p99Nanos() {
        return percentile(99);
    }

    private OptionalLong percentile(double percent) {
        return endToEnd.getTotalCount() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(endToEnd.getValueAtPercentile(percent));
    }
}
