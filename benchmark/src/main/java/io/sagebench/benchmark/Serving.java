package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.engine.CpuServing;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.engine.fault.FailureInjection;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.embedding.EmbeddingProfile;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.request.Check;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Starts servers that run until they are closed.
public interface Serving {

    /// Starts the shipped control plane.
    Served controlPlane(ControlPlaneServerConfig config);

    /// Starts one simulated engine behind an HTTP port.
    Served mockEngine(MockEngineConfig config);

    /// Starts a real model, computed in this process, behind an HTTP port.
    Served cpuEngine(CpuServing.Config config);

    /// What became of an attempt to serve.
    sealed interface Served {
        /// It listens.
        record Listening(RunningServer server) implements Served {}

        /// It does not.
        ///
        /// @param message what was tried, what came of it and what to do next, for people
        record CouldNotServe(String message) implements Served {}
    }

    /// A server that listens.
    interface RunningServer extends AutoCloseable {
        /// Where it listens, with the real port.
        URI url();

        /// One line for people: what it serves.
        String description();

        /// What else people should know of its start.
        default List<String> notes() {
            return List.of();
        }

        /// Has each line of what happens while it runs, such as an engine that fails, told to `listener`, on any thread.
        default void tell(Consumer<String> listener) {}

        /// How long requests that are there may go on when it stops.
        Duration drainLimit();

        /// Stops it gracefully: takes no more requests, lets those in flight end within the drain limit. Blocks; may be called again.
        @Override
        void close();
    }

    /// The shipped control plane as a server.
    ///
    /// @param gateway  where and how it listens
    /// @param policy   in force at the start
    /// @param engines  what it schedules over
    /// @param apiKey   sent to engines at bare addresses as a bearer token
    /// @param settings how it treats requests and engines
    /// @param faults   what goes wrong in simulated engines
    /// @param seed     for policies and faults that use chance
    record ControlPlaneServerConfig(
            GatewaySettings gateway,
            FirstPolicy policy,
            Engines engines,
            Optional<ApiKey> apiKey,
            ControlPlaneSettings settings,
            FaultPlan faults,
            long seed) {}

    /// A policy and what was said of its parameters.
    ///
    /// @param name       of the policy
    /// @param parameters given values by name; the others have their defaults
    record FirstPolicy(String name, Map<String, String> parameters) {
        public FirstPolicy {
            Check.notBlank(name, "policy");
            parameters = Map.copyOf(parameters);
        }
    }

    /// What a control plane schedules over.
    sealed interface Engines {
        /// Servers at addresses, each OpenAI-compatible.
        record AtUrls(List<URI> urls) implements Engines {
            public AtUrls {
                urls = List.copyOf(urls);
                Check.atLeast(1, urls.size(), "the number of engine URLs");
            }
        }

        /// Simulated engines in this process.
        record Simulated(List<EngineGroup> groups) implements Engines {
            public Simulated {
                groups = List.copyOf(groups);
                Check.atLeast(1, groups.size(), "the number of engine groups");
            }
        }

        /// The engines of a cluster file.
        ///
        /// @param strict whether all must answer at the start; otherwise one must, and the others may come later
        record Cluster(List<EngineSpec> specs, boolean strict) implements Engines {
            static final Cluster NONE = new Cluster(List.of(), false);

            public Cluster {
                specs = List.copyOf(specs);
            }
        }
    }

    /// Some simulated engines of the same profile.
    ///
    /// @param count   how many, at least 1
    /// @param profile name of the profile of each, or the file it is in
    record EngineGroup(int count, String profile) {
        public EngineGroup {
            Check.atLeast(1, count, "count");
        }
    }

    /// A simulated engine as a server.
    ///
    /// @param host         the address to listen on
    /// @param port         the port, 0 for any
    /// @param maxBodyBytes the largest request it takes
    /// @param engine       what is behind the port
    /// @param models       the names it answers to, at least one
    /// @param faults       what goes wrong at first
    /// @param failures     the same, as llm-d-inference-sim has it
    /// @param options      how the port behaves
    /// @param seed         of all that is drawn
    record MockEngineConfig(
            String host,
            int port,
            int maxBodyBytes,
            EngineKind engine,
            List<String> models,
            FaultPlan faults,
            FailureInjection failures,
            MockEngineOptions options,
            long seed) {
        public MockEngineConfig {
            Check.atLeast(0, port, "port");
            models = List.copyOf(models);
            Check.atLeast(1, models.size(), "the number of models");
        }
    }

    /// What a mock engine's times follow from.
    sealed interface EngineKind {
        /// The steps of a scheduler.
        record Stepwise(EngineProfile profile) implements EngineKind {}

        /// The batches of an embedding server.
        record Embeddings(EmbeddingProfile profile) implements EngineKind {}

        /// A card that serves several models in turn.
        record SeveralModels(MultiModelProfile profile) implements EngineKind {}

        /// Given latencies.
        record WithLatencies(LatencyProfile profile, Latencies latencies) implements EngineKind {}
    }
}
