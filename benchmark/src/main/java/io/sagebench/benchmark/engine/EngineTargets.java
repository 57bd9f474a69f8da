package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.Serving;
import io.sagebench.benchmark.Serving.EngineKind;
import io.sagebench.benchmark.Serving.MockEngineConfig;
import io.sagebench.benchmark.Serving.RunningServer;
import io.sagebench.benchmark.Serving.Served;
import io.sagebench.engine.fault.FailureInjection;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.Latencies.Calculator;
import io.sagebench.engine.latency.Latencies.PerToken;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.latency.Spread;
import io.sagebench.inference.CpuEngineSettings;
import io.sagebench.inference.HfTokenizer;
import io.sagebench.inference.UnusableModelException;
import io.sagebench.inference.hub.ModelUnavailable;
import io.sagebench.live.client.ControlPlaneAdmin;
import io.sagebench.live.client.EngineFacts;
import io.sagebench.live.client.HealthAnswer;
import io.sagebench.live.client.ServerTokens;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.request.Tokenizer;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the engine that is asked for, or starts it. Never another one.
public final class EngineTargets {
    /// What the mock's model is called unless a name is asked for.
    public static final String MOCK_MODEL = "mock-model";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_BODY_BYTES = 32 << 20;
    private static final LatencyProfile MOCK_PROFILE =
            new LatencyProfile(256, 10_000, 131_072, Optional.of(new LatencyProfile.Cache(16_384, 16)));

    /// As many as the largest of the usual workloads sends at once, so that none of them waits.
    private static final int CPU_SEQUENCES = 10;

    private final Serving serving;
    private final CpuModels models;
    private final Consumer<Throwable> onFailure;

    /// @param serving   starts engines in this process
    /// @param models    finds the models that are computed in this process
    /// @param onFailure told when one of them has failed by a bug of ours and answers no more
    public EngineTargets(Serving serving, CpuModels models, Consumer<Throwable> onFailure) {
        this.serving = serving;
        this.models = models;
        this.onFailure = onFailure;
    }

    /// What became of the search.
    public sealed interface Opening {
        /// It is there; the caller closes it.
        record Opened(EngineTarget target) implements Opening {}

        /// It is not, or is not what was asked for.
        ///
        /// @param message for people, with what to do
        record Failed(String message) implements Opening {}
    }

    /// Finds or starts it. Blocks.
    public Opening open(EngineChoice choice) {
        return switch (choice.backend()) {
            case MOCK -> mock(choice);
            case CPU -> cpu(choice);
            case VLLM, SGLANG, LMDEPLOY, OPENAI, SAGELLM -> server(choice, choice.url().orElseThrow());
        };
    }

    private Opening mock(EngineChoice choice) {
        EngineChoice.Mock mock = choice.mock();
        String model = choice.model().orElse(MOCK_MODEL);
        var latencies = new Latencies(
                Calculator.CONSTANT,
                new Spread(mock.firstToken().toNanos(), 0),
                new Spread(mock.interToken().toNanos(), 0),
                PerToken.NONE,
                Spread.NONE,
                PerToken.NONE,
                1);
        Served served = serving.mockEngine(new MockEngineConfig(
                LOOPBACK,
                0,
                MOST_BODY_BYTES,
                new EngineKind.WithLatencies(MOCK_PROFILE, latencies),
                List.of(model),
                mock.faults(),
                FailureInjection.NONE,
                MockEngineOptions.DEFAULT,
                mock.seed()));
        return switch (served) {
            case Served.CouldNotServe(String message) -> new Opening.Failed(message);
            case Served.Listening(RunningServer server) -> new Opening.Opened(new Found(
                    choice.backend(),
                    server.url(),
                    model,
                    "simulated engine, first token after " + mock.firstToken().toMillis() + " ms, then one every "
                            + mock.interToken().toMillis() + " ms",
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    server::close));
        };
    }

    private Opening cpu(EngineChoice choice) {
        CpuModel model = choice.model().map(CpuModel::new).orElse(CpuModel.DEFAULT);
        CpuEngineSettings usual = CpuEngineSettings.DEFAULTS.withMaxConcurrent(CPU_SEQUENCES);
        CpuEngineSettings settings = choice.threads().isPresent() ? usual.withThreads(choice.threads().getAsInt()) : usual;
        try {
            CpuServing engine = CpuServing.start(CpuServing.Config.of(model, settings), models, onFailure);
            return new Opening.Opened(new Found(
                    choice.backend(),
                    engine.url(),
                    engine.modelName(),
                    engine.description(),
                    engine.warnings(),
                    Optional.empty(),
                    Optional.of(engine.tokenizer()),
                    Optional.empty(),
                    engine::close));
        } catch (UnusableModelException | ModelUnavailable | BindException none) {
            return new Opening.Failed("--model: " + none.getMessage());
        }
    }

    private static Opening server(EngineChoice choice, URI url) {
        EngineFacts facts;
        try {
            facts = EngineFacts.ask(url, choice.apiKey().map(ApiKey::reveal), Optional.empty());
        } catch (IOException | IllegalArgumentException none) {
            return new Opening.Failed("--backend " + choice.backend().wireName() + ": " + none.getMessage());
        }
        Optional<String> ill = illness(url, choice.apiKey());
        if (ill.isPresent()) {
            return new Opening.Failed(url + " says that it is not well: " + ill.get());
        }
        if (choice.model().isEmpty() && facts.models().size() > 1) {
            return new Opening.Failed(url + " has several models: " + String.join(", ", facts.models()) + "; say which with --model");
        }
        String model = choice.model().orElse(facts.models().getFirst());
        if (!facts.models().contains(model)) {
            return new Opening.Failed(url + " has no model '" + model + "'; it has " + String.join(", ", facts.models())
                    + ". Nothing else is measured in its place");
        }
        Optional<Tokenizer> tokenizer = Optional.empty();
        if (choice.tokenizer().isPresent()) {
            try {
                tokenizer = Optional.of(HfTokenizer.read(choice.tokenizer().get()));
            } catch (IOException none) {
                return new Opening.Failed("--tokenizer: " + none.getMessage());
            }
        }
        var tokens = new ServerTokens(url, model, choice.apiKey().map(ApiKey::reveal));
        boolean tells = tokenizer.isEmpty() && choice.backend().can(EngineCapability.TOKENIZE) && tokens.count("How long is this?").isPresent();
        return new Opening.Opened(new Found(
                choice.backend(),
                url,
                model,
                choice.backend().description(),
                List.of(),
                choice.apiKey(),
                tokenizer,
                tells ? Optional.of(tokens) : Optional.empty(),
                tokens::close));
    }

    /// What is wrong with it, by its own words; a server that knows no such question is taken for well.
    private static Optional<String> illness(URI url, Optional<ApiKey> apiKey) {
        try (var admin = new ControlPlaneAdmin(url, apiKey.map(ApiKey::reveal))) {
            HealthAnswer health = admin.health();
            return health.answered() && !health.ok() && health.message().startsWith("5") ? Optional.of(health.message()) : Optional.empty();
        }
    }

    private record Found(
            EngineBackend backend,
            URI url,
            String model,
            String description,
            List<String> notes,
            Optional<ApiKey> apiKey,
            Optional<Tokenizer> tokenizer,
            Optional<ServerTokens> tokens,
            Runnable closing)
            implements EngineTarget {
        @Override
        public void close() {
            closing.run();
        }
    }
}
