package io.sagebench.workload;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What the load of a run looks like; with a seed it makes a plan.
///
/// @param load       when requests come, and how many
/// @param kinds      what kinds of requests they are
/// @param priorities how urgent each is; each kind has a service level for every one
/// @param conversations how callers go on, when they do; not in a closed loop
public record WorkloadSpec(
        Load load, Weighted<RequestKind> kinds, Weighted<Priority> priorities, Optional<Conversations> conversations) {
    public WorkloadSpec {
        if (conversations.isPresent() && load instanceof Load.Closed) {
            throw new IllegalArgumentException("in a closed loop callers ask again in any case, so there are no conversations");
        }
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

    /// Single requests.
    public WorkloadSpec(Load load, Weighted<RequestKind> kinds, Weighted<Priority> priorities) {
        this(load, kinds, priorities, Optional.empty());
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

    /// The same with callers who go on.
    public WorkloadSpec with(Conversations others) {
        return new WorkloadSpec(load, kinds, priorities, Optional.of(others));
    }

    /// The same with another load.
    public WorkloadSpec with(Load other) {
        return new WorkloadSpec(other, kinds, priorities, conversations);
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

    /// Whether prompts begin alike: by prefixes they share, as turns of a conversation, or by blocks that a trace names.
    public boolean sharesPrefixes() {
        boolean generates = occurring().stream().anyMatch(kind -> kind.type().isGeneration());
        boolean byBlocks = load instanceof Load.Replayed replayed && replayed.trace().hasBlocks();
        return (generates && (conversations.isPresent() || byBlocks))
                || occurring().stream().flatMap(kind -> kind.traits().prefixes().stream()).anyMatch(prefixes -> prefixes.share() > 0);
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

        /// Poisson arrivals.
        static Load poisson(long requests, double ratePerSecond) {
            return new Open(new PoissonArrivals(ratePerSecond), Extent.requests(requests));
        }

        /// An open loop: requests come by a rule, whatever becomes of those before.
        ///
        /// @param arrivals when they come
        /// @param extent   how many of them
        record Open(ArrivalProcess arrivals, Extent extent) implements Load {}

        /// The times and lengths of a trace, from its start; an open loop too.
        ///
        /// @param requests how many of its requests, at most as many as it has
        /// @param speed    how many times as fast as it was recorded, above 0
        record Replayed(Trace trace, int requests, double speed) implements Load {
            public Replayed {
                Check.atLeast(1, requests, "requests");
                if (requests > trace.size()) {
                    throw new IllegalArgumentException(
                            "the trace has " + trace.size() + " requests, but " + requests + " are asked for");
                }
                Check.positive(speed, "speed");
            }

            /// At the speed at which it was recorded.
            public Replayed(Trace trace, int requests) {
                this(trace, requests, 1);
            }
        }

        /// A closed loop: so many callers at once, each of whom asks again as soon as an answer has ended. A server that slows down is asked less:
        /// its users' waiting does not show, as it does in an open loop.
        ///
        /// A request's intended time is when its caller became free, so latency from the intended time is latency from the send, but for what the
        /// load generator itself takes.
        ///
        /// @param concurrency callers, at least 1
        /// @param extent      how many requests, or for how long callers ask again
        record Closed(int concurrency, Extent extent) implements Load {
            /// How long a caller waits after a request that failed, in nanoseconds: else a server that refuses at once would be asked without end.
            public static final long PAUSE_AFTER_FAILURE_NANOS = 100_000_000;

            public Closed {
                Check.atLeast(1, concurrency, "concurrency");
            }
        }
    }
}
