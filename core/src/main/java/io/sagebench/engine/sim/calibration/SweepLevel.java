package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.request.Check;
import java.util.ArrayList;
import java.util.List;

/// Requests that are sent in waves: so many at once, and the next when all of these have ended. Within a wave nothing arrives in the middle of a
/// step, so what the wave meets follows smoothly from the engine's constants.
///
/// @param name        for people
/// @param concurrency how many in a wave, at least 1
/// @param requests    their lengths, in the order in which they are sent; at least one
public record SweepLevel(String name, int concurrency, List<Lengths> requests) {
    public SweepLevel {
        Check.atLeast(1, concurrency, "concurrency");
        requests = List.copyOf(requests);
        Check.atLeast(1, requests.size(), "the number of requests");
    }

    /// How long one request is.
    ///
    /// @param promptTokens of its prompt
    /// @param outputTokens of its answer
    public record Lengths(int promptTokens, int outputTokens) {
        public Lengths {
            Check.atLeast(1, promptTokens, "promptTokens");
            Check.atLeast(1, outputTokens, "outputTokens");
        }
    }

    /// The requests, wave by wave.
    public List<List<Lengths>> waves() {
        var waves = new ArrayList<List<Lengths>>();
        for (int from = 0; from < requests.size(); from += concurrency) {
            waves.add(requests.subList(from, Math.min(requests.size(), from + concurrency)));
        }
        return waves;
    }

    /// What an engine of that profile would make of it: the requests it can serve, as a client would see them.
    public List<ObservedRequest> forecast(EngineProfile profile) {
        return Replay.ofSweep(profile, this);
    }
}
