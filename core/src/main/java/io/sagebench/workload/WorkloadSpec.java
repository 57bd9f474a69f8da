package io.sagebench.workload;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What the load of a run looks like; with a seed it makes a plan.
///
/// @param load         when requests come, and how many
/// @param models       which model each asks for
/// @param priorities   how urgent each is
/// @param serviceLevels what each priority is promised; one entry for each priority that can be drawn
/// @param promptLength lengths of the prompts; a trace brings its own
/// @param outputLength lengths of the answers; a trace brings its own; not used for embeddings
/// @param traits       what the requests have in common beside that
public record WorkloadSpec(
        Load load,
        Weighted<String> models,
        Weighted<Priority> priorities,
        Map<Priority, ServiceLevel> serviceLevels,
        LengthRange promptLength,
        LengthRange outputLength,
        StreamTraits traits) {
    public WorkloadSpec {
        serviceLevels = Collections.unmodifiableMap(new EnumMap<>(serviceLevels));
        for (Priority priority : priorities.shares().keySet()) {
            if (!serviceLevels.containsKey(priority)) {
                throw new IllegalArgumentException("no service level is given for priority " + priority);
            }
        }
    }

    /// Chats of nobody in particular whose prompts have nothing in common.
    public WorkloadSpec(
            Load load,
            Weighted<String> models,
            Weighted<Priority> priorities,
            Map<Priority, ServiceLevel> serviceLevels,
            LengthRange promptLength,
            LengthRange outputLength) {
        this(load, models, priorities, serviceLevels, promptLength, outputLength, StreamTraits.CHAT);
    }

    /// The same with another load.
    public WorkloadSpec with(Load other) {
        return new WorkloadSpec(other, models, priorities, serviceLevels, promptLength, outputLength, traits);
    }

    /// When requests come, and how many.
    public sealed interface Load {
        /// A number of requests at a rate.
        ///
        /// @param requests      at least 1
        /// @param ratePerSecond mean requests per second, above 0; not used by [Pattern#BATCH]
        /// @param pattern       how they are spaced
        record Generated(int requests, double ratePerSecond, Pattern pattern) implements Load {
            public Generated {
                Check.atLeast(1, requests, "requests");
                Check.positive(ratePerSecond, "ratePerSecond");
            }
        }

        /// The times and lengths of a trace, from its start.
        ///
        /// @param requests how many of its requests, at most as many as it has
        record Replayed(Trace trace, int requests) implements Load {
            public Replayed {
                Check.atLeast(1, requests, "requests");
                if (requests > trace.size()) {
                    throw new IllegalArgumentException(
                            "the trace has " + trace.size() + " requests, but " + requests + " are asked for");
                }
            }
        }

        /// A number of requests, spaced by any rule.
        ///
        /// @param requests at least 1
        /// @param arrivals without end
        record Arriving(int requests, ArrivalProcess arrivals) implements Load {
            public Arriving {
                Check.atLeast(1, requests, "requests");
            }
        }

        /// How generated requests are spaced.
        enum Pattern {
            /// Equal gaps.
            UNIFORM,
            /// Independent exponential gaps.
            POISSON,
            /// All at once.
            BATCH
        }
    }
}
