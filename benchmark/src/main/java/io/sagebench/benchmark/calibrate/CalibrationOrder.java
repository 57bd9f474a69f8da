package io.sagebench.benchmark.calibrate;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.engine.sim.EngineProfile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What is to be calibrated.
///
/// @param source what is measured, or was
/// @param start  the profile to start from; absent to guess one by the model's name
/// @param limit  how long measuring may take by the forecast
/// @param seed   of the prompts and of the search
public record CalibrationOrder(Source source, Optional<EngineProfile> start, Duration limit, long seed) {

    /// Where measured requests come from.
    public sealed interface Source {
        /// A running server, which is measured.
        ///
        /// @param model  the one to ask for; absent for the first it lists
        /// @param apiKey sent as a bearer token
        record Server(URI url, Optional<String> model, Optional<ApiKey> apiKey) implements Source {}

        /// A file of requests.
        record Log(Path file) implements Source {}
    }
}
