package io.sagebench.engine;

import io.sagebench.engine.stepped.TokenScheduling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Something that can answer requests: a simulated engine, or the near side of a real server.
///
/// All methods are called on the timeline, and all events come back on it.
public interface Engine {

    /// What it is and what it can hold. Does not change.
    EngineDescription description();

    /// Begins one job. Exactly one of [EngineEvents#finished] and [EngineEvents#failed] follows, unless the work is cancelled first; neither
    /// is called before this method has returned.
    ///
    /// @return the handle that cancels it
    EngineWork start(EngineJob job, EngineEvents events);

    /// Begins several embedding jobs of the same model and form by one call. Each ends as after [#start], and can be cancelled by itself.
    ///
    /// @param jobs   at least one
    /// @param events one for each job
    /// @return the handles, one for each job
    default List<EngineWork> startTogether(List<EngineJob> jobs, List<EngineEvents> events) {
        var works = new ArrayList<EngineWork>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            works.add(start(jobs.get(i), events.get(i)));
        }
        return works;
    }

    /// Asks whether it can take requests. The answer comes on the timeline, once, perhaps before this method returns. An engine that says
    /// nothing else counts as ready.
    default void probe(Consumer<Probe> answer) {
        answer.accept(new Probe.Ready());
    }

    /// What it last said of its own load; absent when it does not, or has not yet.
    default Optional<ReportedLoad> reportedLoad() {
        return Optional.empty();
    }

    /// Has its card driven by another rule from now on, or by its own again when none is given; what it works on goes on. Only for engines whose
    /// models change between tokens ([EngineTraits#switchesModels]); others ignore it.
    default void scheduleBy(Optional<TokenScheduling> other) {}

    /// The untold tokens of all its jobs, see [EngineWork#untoldTokens].
    default long untoldTokens() {
        return 0;
    }
}
