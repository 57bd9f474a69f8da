package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.engine.fault.FaultPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// Which engine is asked for.
///
/// @param backend what it is
/// @param url     where it listens, of a server; absent for those in this process
/// @param model   which model; absent for the only one that it has
/// @param apiKey  sent as a bearer token
/// @param mock    how the mock behaves
/// @param threads of the CPU backend; absent for its usual number
/// @param tokenizer of a server's model: a `tokenizer.json` or the folder that holds one; absent to ask the server
public record EngineChoice(
        EngineBackend backend,
        Optional<URI> url,
        Optional<String> model,
        Optional<ApiKey> apiKey,
        Mock mock,
        OptionalInt threads,
        Optional<Path> tokenizer) {
    public EngineChoice {
        if (backend.isInProcess() == url.isPresent()) {
            throw new IllegalArgumentException("backend " + backend.wireName() + (url.isPresent() ? " takes no URL" : " needs a URL"));
        }
    }

    /// One in this process, as it usually is.
    public static EngineChoice inProcess(EngineBackend backend) {
        return new EngineChoice(backend, Optional.empty(), Optional.empty(), Optional.empty(), Mock.USUAL, OptionalInt.empty(), Optional.empty());
    }

    /// A server.
    public static EngineChoice at(EngineBackend backend, URI url) {
        return new EngineChoice(backend, Optional.of(url), Optional.empty(), Optional.empty(), Mock.USUAL, OptionalInt.empty(), Optional.empty());
    }

    /// The same for that model.
    public EngineChoice with(String otherModel) {
        return new EngineChoice(backend, url, Optional.of(otherModel), apiKey, mock, threads, tokenizer);
    }

    /// The same asked with a key.
    public EngineChoice with(ApiKey key) {
        return new EngineChoice(backend, url, model, Optional.of(key), mock, threads, tokenizer);
    }

    /// The same mock with other times.
    public EngineChoice with(Mock other) {
        return new EngineChoice(backend, url, model, apiKey, other, threads, tokenizer);
    }

    /// How the mock behaves.
    ///
    /// @param firstToken until the first token
    /// @param interToken from each token to the next
    /// @param faults     what goes wrong
    /// @param seed       of what goes wrong by lot
    public record Mock(Duration firstToken, Duration interToken, FaultPlan faults, long seed) {
        /// 10 ms to the first token and 5 ms between tokens, without faults.
        public static final Mock USUAL = new Mock(Duration.ofMillis(10), Duration.ofMillis(5), FaultPlan.NONE, EngineOptions.USUAL_SEED);

        public Mock {
            if (firstToken.isNegative() || interToken.isNegative()) {
                throw new IllegalArgumentException("times must be at least 0, but are " + firstToken + " and " + interToken);
            }
        }
    }
}
