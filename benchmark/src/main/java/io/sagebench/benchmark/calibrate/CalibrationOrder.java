package io.sagebench.benchmark.calibrate;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.engine.sim.EngineProfile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

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
        /// @param trust  says whom to believe at an https URL; absent for those whom this machine's Java trusts
        record Server(URI url, Optional<String> model, Optional<ApiKey> apiKey, Optional<SSLContext> trust) implements Source {
            /// One that this machine's Java trusts, or that has no TLS.
            public Server(URI url, Optional<String> model, Optional<ApiKey> apiKey) {
                this(url, model, apiKey, Optional.empty());
            }
        }

        /// A file of requests.
        record Log(Path file) implements Source {}
    }
}
