package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.live.client.ServerTokens;
import io.sagebench.request.Tokenizer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// An engine that was found, or started in this process, and can be measured.
public interface EngineTarget extends AutoCloseable {

    /// Which it is.
    EngineBackend backend();

    /// Where it listens.
    URI url();

    /// The model that is asked for.
    String model();

    /// One line for people.
    String description();

    /// What people must know of it before they read its figures.
    List<String> notes();

    /// Sent as a bearer token.
    Optional<ApiKey> apiKey();

    /// The model's own tokenizer, when it is at hand.
    Optional<Tokenizer> tokenizer();

    /// The server's own counting of tokens, when it offers it.
    default Optional<ServerTokens> tokens() {
        return Optional.empty();
    }

    /// Gives back what it holds: stops an engine that was started in this process.
    @Override
    void close();
}
