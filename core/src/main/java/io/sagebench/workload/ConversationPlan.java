package io.sagebench.workload;

import java.util.Optional;
import java.util.OptionalLong;

/// A plan whose requests are first turns of conversations. How many requests it comes to shows at its end, since a turn that fails has no next.
///
/// @param begins the first turns; its size is known, and nothing follows in it
record ConversationPlan(Plan begins, Conversations conversations, WorkloadSpec spec) implements Plan {
    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public Reading open(long beginAtNanos) {
        Reading first = begins.open(beginAtNanos);
        long count = begins.size().orElseThrow();
        return new Reading() {
            @Override
            public boolean hasNext() {
                return first.hasNext();
            }

            @Override
            public PlannedRequest next() {
                return Conversations.first(first.next());
            }

            @Override
            public Optional<PlannedRequest> after(PlannedRequest ended, long endedAtNanos, boolean completed) {
                return completed
                        ? spec.occurring().stream()
                                .filter(kind -> kind.type() == ended.type())
                                .findFirst()
                                .flatMap(kind -> conversations.next(ended, endedAtNanos, kind, count))
                        : Optional.empty();
            }
        };
    }
}
