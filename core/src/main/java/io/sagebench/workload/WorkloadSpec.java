package io.sagebench.workload;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What the load of a run looks like; with a seed it makes a plan.
///
/// @param load       when requests come, and how many
/// @param kinds      what kinds of requests they are
/// @param priorities how urgent each is; each kind has a service level for every one
public record WorkloadSpec(Load load, Weighted<RequestKind> kinds, Weighted<Priority> priorities) {
    public WorkloadSpec {
        var names = new HashSet<String>();
        for (RequestKind kind : kinds.values()) {
            if (!names.add(kind.name())) {
                throw new IllegalArgumentException("two kinds are named " + kind.name());
            }
            for (Priority priority : priorities.values()) {
                if (!kind.serviceLevels().containsKey(priority)) {
                    throw new IllegalArgumentException("no service level is given for priority " + priority);
                }
            }
        }
    }

    /// Requests of one kind.
    public WorkloadSpec(
            Load load,
            Weighted<String> models,
            Weighted<Priority> priorities,
            Map<Priority, ServiceLevel> serviceLevels,
            Lengths promptLength,
            Lengths outputLength,
            StreamTraits traits) {
        this(
                load,
                Weighted.always(new RequestKind(
                        traits.type().wireName(), models, serviceLevels, promptLength, outputLength, traits)),
                priorities);
    }

    /// Chats of nobody in particular whose prompts have nothing in common.
    public WorkloadSpec(
            Load load,
            Weighted<String> models,
            Weighted<Priority> priorities,
            Map<Priority, ServiceLevel> serviceLevels,
            Lengths promptLength,
            Lengths outputLength) {
        this(load, models, priorities, serviceLevels, promptLength, outputLength, StreamTraits.CHAT);
    }

    /// The same with another load.
    public WorkloadSpec with(Load other) {
        return new WorkloadSpec(other, kinds, priorities);
    }

    /// The kinds that occur: those with a share above 0.
    public List<RequestKind> occurring() {
        return kinds.shares().entrySet().stream()
                .filter(kind -> kind.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Whether texts to embed are, or could be by other shares, among the requests.
    public boolean isHybrid() {
        return kinds.values().stream().anyMatch(kind -> !kind.type().isGeneration());
    }

    /// The types of the requests.
    public Set<RequestType> types() {
        var types = EnumSet.noneOf(RequestType.class);
        occurring().forEach(kind -> types.add(kind.type()));
        return types;
    }

    /// The models they ask for, in the order given.
    public Set<String> models() {
        return models(_ -> true);
    }

    /// The models that requests of these types ask for, in the order given.
    public Set<String> models(Predicate<RequestType> types) {
        var models = new LinkedHashSet<String>();
        occurring().stream().filter(kind -> types.test(kind.type())).forEach(kind -> models.addAll(kind.models().values()));
        return models;
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
