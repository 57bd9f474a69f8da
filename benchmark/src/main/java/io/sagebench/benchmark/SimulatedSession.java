package io.sagebench.benchmark;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.PolicySwitch;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.EngineDescription;
import io.sagebench.live.server.ControlPlaneJson;
import io.sagebench.loadgen.LoadClient;
import io.sagebench.metrics.ClientHealth;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.report.TargetReport;
import io.sagebench.time.Timeline;
import io.sagebench.time.VirtualTimeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The shipped control plane and simulated engines in virtual time. Each measurement gets new ones, so that none depends on what ran before.
final class SimulatedSession implements Session {
    private static final long TICK_NANOS = 200_000_000;
    private static final int EVENTS_PER_LOOK_AT_THE_CLOCK = 4096;

    private final BenchmarkConfig config;
    private final VirtualMeasurement.Fleet fleet;
    private final boolean eachToken;

    SimulatedSession(BenchmarkConfig config) {
        this(
                config,
                (timeline, seed) -> DefaultFleet.engines(
                        timeline, config.fleet(), AskedModels.of(config.workload()), seed),
                false);
    }

    /// @param fleet     the engines, whatever the configuration says of them
    /// @param eachToken whether engines take and tell each token by itself: slower, and with the same result
    SimulatedSession(BenchmarkConfig config, VirtualMeasurement.Fleet fleet, boolean eachToken) {
        this.config = config;
        this.fleet = fleet;
        this.eachToken = eachToken;
    }

    @Override
    public TargetReport target() {
        return new TargetReport(
                TargetReport.Kind.SIMULATED,
                Optional.empty(),
                DefaultFleet.describe(config.fleet()) + FaultyFleet.describe(config.faults()),
                Optional.empty());
    }

    @Override
    public Activation activate(String policy, Seed seed) {
        return new Activation.Ready(new VirtualStand(policy, seed));
    }

    @Override
    public List<EngineDescription> engines() {
        return DefaultFleet.descriptions(config);
    }

    @Override
    public void close() {
        // holds nothing
    }

    private final class VirtualStand implements Stand {
        private final VirtualTimeline timeline = new VirtualTimeline();
        private final ControlPlane controlPlane;
        private final VirtualClient client;
        private boolean done;
        private final AtomicReference<@Nullable Runnable> posted = new AtomicReference<>();

        VirtualStand(String policy, Seed seed) {
            controlPlane = new ControlPlane(
                    timeline,
                    Policies.installed(),
                    policy,
                    FaultyFleet.of(
                            fleet.engines(timeline, seed),
                            config.faults(),
                            timeline,
                            new Seed(config.seed())),
                    QueueLimits.DEFAULT,
                    seed,
                    () -> 0);
            var parameters = config.parametersOf(policy);
            if (!parameters.isEmpty() && controlPlane.activate(policy, parameters) instanceof PolicySwitch.Refused(String message)) {
                throw new IllegalArgumentException(message); // they were checked with the configuration
            }
            client = new VirtualClient(timeline, controlPlane, config.client(), eachToken);
        }

        @Override
        public Timeline timeline() {
            return timeline;
        }

        @Override
        public LoadClient client() {
            return client;
        }

        @Override
        public OptionalLong epoch() {
            return OptionalLong.of(controlPlane.active().epoch());
        }

        @Override
        public long leadNanos() {
            return 0;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(timeline.nowNanos());
        }

        @Override
        public void run(Consumer<Runnable> begin, Runnable tick) {
            done = false;
            begin.accept(() -> done = true);
            long nextTickNanos = System.nanoTime() + TICK_NANOS;
            int events = 0;
            while (!done) {
                int until = events + EVENTS_PER_LOOK_AT_THE_CLOCK;
                int[] fired = {events};
                if (!timeline.runUntil(() -> done || fired[0]++ >= until)) {
                    throw new IllegalStateException("nothing is left to happen, but the run is not done: requests were lost");
                }
                Runnable action = posted.getAndSet(null);
                if (action != null) {
                    action.run();
                }
                if (System.nanoTime() >= nextTickNanos) {
                    tick.run();
                    nextTickNanos = System.nanoTime() + TICK_NANOS;
                }
            }
        }

        @Override
        public void post(Runnable action) {
            posted.set(action);
        }

        @Override
        public HealthWatch watchHealth() {
            return () -> ClientHealth.PERFECT;
        }

        @Override
        public Optional<String> degraded() {
            return controlPlane.degraded();
        }

        @Override
        public Optional<String> controlPlaneMetricsJson() {
            return Optional.of(ControlPlaneJson.metrics(controlPlane.metrics(), timeline.nowNanos()));
        }
    }
}
