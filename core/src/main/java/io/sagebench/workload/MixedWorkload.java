package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import io.sagebench.request.RequestType;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A load made of several streams, each with its own arrivals, models, lengths, promises and callers, merged by time. Each stream draws from a
/// part of the seed that belongs to its name, so that changing one leaves the others as they were.
///
/// @param streams at least one; no two of a name
public record MixedWorkload(List<Stream> streams) {
    public MixedWorkload {
        streams = List.copyOf(streams);
        Check.atLeast(1, streams.size(), "the number of streams");
        var names = new HashSet<String>();
        for (Stream stream : streams) {
            if (!names.add(stream.name())) {
                throw new IllegalArgumentException("two streams are named " + stream.name());
            }
            if (stream.spec().load() instanceof Load.Closed) {
                throw new IllegalArgumentException("stream " + stream.name() + " is a closed loop, which cannot be one of several streams");
            }
        }
    }

    /// One part of the load.
    ///
    /// @param name stable; its seed and its requests' ids come from it
    /// @param spec what it looks like
    public record Stream(String name, WorkloadSpec spec) {
        public Stream {
            Check.notBlank(name, "the name of a stream");
        }
    }

    /// The measured requests of a run. Requests intended at the same time come in the order of the streams.
    ///
    /// @param seed the run's seed
    public Plan measured(Seed seed) {
        return new MergedPlan(streams.stream()
                .map(stream -> WorkloadPlan.ofStream(stream, seed.child("streams").child(stream.name())))
                .toList());
    }

    /// The types of the requests.
    public Set<RequestType> types() {
        var types = new LinkedHashSet<RequestType>();
        streams.forEach(stream -> types.addAll(stream.spec().types()));
        return types;
    }

    /// The models they ask for.
    public Set<String> models() {
        var models = new LinkedHashSet<String>();
        streams.forEach(stream -> models.addAll(stream.spec().models()));
        return models;
    }

    /// How many tenants they name.
    public int tenants() {
        return Math.toIntExact(streams.stream()
                .flatMap(stream -> stream.spec().occurring().stream())
                .flatMap(kind -> kind.traits().tenant().stream())
                .distinct()
                .count());
    }

    /// Whether prompts begin alike.
    public boolean sharesPrefixes() {
        return streams.stream().anyMatch(stream -> stream.spec().sharesPrefixes());
    }
}
