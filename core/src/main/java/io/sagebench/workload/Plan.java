package io.sagebench.workload;

import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// The requests of one run. Made lazily: opening a plan of ten million requests costs nothing.
public interface Plan {

    /// How many requests it has, exactly; absent when only its end shows that.
    OptionalLong size();

    /// Starts reading from the first request, with intended times counted from `beginAtNanos`. Each reading gives the same requests.
    Reading open(long beginAtNanos);

    /// One reading of a plan: the requests whose times stand beforehand, in the order of these, and those that follow the end of another.
    interface Reading extends Iterator<PlannedRequest> {

        /// The request that follows the one that has just ended, if one does: the next of a closed loop, or the next turn of a conversation. Asked
        /// once for each request that was sent.
        ///
        /// @param ended         of this plan
        /// @param endedAtNanos  on the run's timeline
        /// @param completed     whether it ended well
        /// @return intended no earlier than `endedAtNanos`
        default Optional<PlannedRequest> after(PlannedRequest ended, long endedAtNanos, boolean completed) {
            return Optional.empty();
        }

        /// One in which nothing follows.
        static Reading of(Iterator<PlannedRequest> requests) {
            return new Reading() {
                @Override
                public boolean hasNext() {
                    return requests.hasNext();
                }

                @Override
                public PlannedRequest next() {
                    return requests.next();
                }
            };
        }
    }

    /// The same plan with the length of each answer told ahead, for policies that are ceilings.
    default Plan announcingOutput() {
        return with(PlannedRequest::announcingOutput);
    }

    /// The same plan with each request changed; ids, times and order must stay.
    default Plan with(UnaryOperator<PlannedRequest> change) {
        Plan original = this;
        return new Plan() {
            @Override
            public OptionalLong size() {
                return original.size();
            }

            @Override
            public Reading open(long beginAtNanos) {
                Reading requests = original.open(beginAtNanos);
                return new Reading() {
                    @Override
                    public boolean hasNext() {
                        return requests.hasNext();
                    }

                    @Override
                    public PlannedRequest next() {
                        return change.apply(requests.next());
                    }

                    @Override
                    public Optional<PlannedRequest> after(PlannedRequest ended, long endedAtNanos, boolean completed) {
                        return requests.after(ended, endedAtNanos, completed).map(change);
                    }
                };
            }
        };
    }
}
