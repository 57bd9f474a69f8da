package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.request.Check;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Starts servers that run until they are closed.
public interface Serving {

    /// Starts the shipped control plane.
    Served controlPlane(ControlPlaneServerConfig config);

    /// Starts one simulated engine behind an HTTP port.
    Served mockEngine(MockEngineConfig config);

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

        /// Stops it gracefully: takes no more requests, lets those in flight end for a short while. Blocks; may be called again.
        @Override
        void close();
    }

    /// The shipped control plane as a server.
    ///
    /// @param host   the address to listen on
    /// @param port   the port, 0 for any
    /// @param policy the policy in force at the start
    /// @param engines what it schedules over
    /// @param apiKey sent to engines at addresses as a bearer token
    /// @param seed   for policies that use chance
    record ControlPlaneServerConfig(
            String host, int port, String policy, Engines engines, Optional<ApiKey> apiKey, long seed) {
        public ControlPlaneServerConfig {
            Check.atLeast(0, port, "port");
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
    /// @param host       the address to listen on
    /// @param port       the port, 0 for any
    /// @param profile    name of the engine profile, or the file it is in
    /// @param model      the model name it answers to; absent for the profile's
    /// @param maxNumSeqs the most sequences it runs at once; absent for the profile's
    record MockEngineConfig(
            String host, int port, String profile, Optional<String> model, Optional<Integer> maxNumSeqs) {
        public MockEngineConfig {
            Check.atLeast(0, port, "port");
        }
    }
}
