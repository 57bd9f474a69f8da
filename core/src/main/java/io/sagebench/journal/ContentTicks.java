package io.sagebench.journal;

import io.sagebench.time.TickSpan;
import java.util.List;
import java.util.OptionalLong;

/// The content times of a response whose tokens came at ticks of a simulated engine, one at each. Takes the same room however many there are.
///
/// @param spans the ticks, in order; none is empty
public record ContentTicks(List<TickSpan> spans) implements ContentTimes {
    public ContentTicks {
        spans = List.copyOf(spans);
    }

    @Override
    public int events() {
        int events = 0;
        for (TickSpan span : spans) {
            events += span.size();
        }
        return events;
    }

    @Override
    public long eventAtNanos(int index) {
        int rest = index;
        for (TickSpan span : spans) {
            if (rest < span.size()) {
                return span.atNanos(rest);
            }
            rest -= span.size();
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int tokensOf(int index) {
        return 0; // as for other responses of one token an event: the totals tell
    }

    @Override
    public OptionalLong firstTokenAtNanos() {
        return spans.isEmpty() ? OptionalLong.empty() : OptionalLong.of(spans.getFirst().atNanos(0));
    }

    @Override
    public OptionalLong lastContentAtNanos() {
        return spans.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(spans.getLast().atNanos(spans.getLast().size() - 1));
    }
}
