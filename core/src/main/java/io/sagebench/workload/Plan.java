package io.sagebench.workload;

import java.util.Iterator;
import java.util.function.UnaryOperator;

/// The requests of one run in the order of their intended times. Made lazily: opening a plan of ten million requests costs nothing.
public interface Plan {

    /// How many requests it has, exactly.
    long size();

    /// Starts reading from the first request, with intended times counted from `beginAtNanos`. Each reading gives the same requests.
    Iterator<PlannedRequest> open(long beginAtNanos);

    /// The same plan with the length of each answer told ahead, for policies that are ceilings.
    default Plan announcingOutput() {
        return with(PlannedRequest::announcingOutput);
    }

    /// The same plan with each request changed; times and order must stay.
    default Plan with(UnaryOperator<PlannedRequest> change) {
        Plan original = this;
        return new Plan() {
            @Override
            public long size() {
                return original.size();
            }

            @Override
            public Iterator<PlannedRequest> open(long beginAtNanos) {
                Iterator<PlannedRequest> requests = original.open(beginAtNanos);
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return requests.hasNext();
                    }

                    @Override
                    public PlannedRequest next() {
                        return change.apply(requests.next());
                    }
                };
            }
        };
    }
}
