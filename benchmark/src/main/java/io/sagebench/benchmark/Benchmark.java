package io.sagebench.benchmark;

import io.sagebench.engine.EngineDescription;
import io.sagebench.metrics.CacheProbeTally;
import io.sagebench.metrics.ClientHealth;
import io.sagebench.metrics.EnginePrices;
import io.sagebench.metrics.MetricsCollector;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.monitor.MachineTally;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.RecordSink;
import io.sagebench.workload.WorkloadPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Measures policies one after another under the same load: live over HTTP, embedded in this process, or in virtual time.
///
/// The order of the policies follows from the seed. With repeats it is interleaved, and each round begins with another policy, so that slow drifts
/// of the machine hit all policies alike. Before the next policy a server is waited for until it is idle.
/// Each repeat has a load of its own, which is the same for every policy.
public final class Benchmark implements Benchmarks {
    private final Function<BenchmarkConfig, Session.Opening> targets;

    /// One that measures what its configurations say.
    public Benchmark() {
        this(Targets::open);
    }

    /// @param targets finds what a configuration wants measured
    Benchmark(Function<BenchmarkConfig, Session.Opening> targets) {
        this.targets = targets;
    }

    @Override
    public BenchmarkResult run(
            BenchmarkConfig config, BenchmarkListener listener, RecordSink records, StopSignal stop) {
        try (BenchmarkSeries alone = series(config)) {
            BenchmarkResult result = alone.run(config, listener, records, stop);
            return result instanceof BenchmarkResult.Measured measured && measured.policies().isEmpty() && !measured.interrupted()
                    ? new BenchmarkResult.CouldNotRun(Lineup.reason(measured.notRun()))
                    : result;
        }
    }

    @Override
    public BenchmarkSeries series(BenchmarkConfig target) {
        return new Series(target);
    }

    /// Keeps what is open between one benchmark and the next. In virtual time nothing is: each has a world of its own.
    private final class Series implements BenchmarkSeries {
        private final BenchmarkConfig target;
        private @Nullable Session open;
        private boolean told;

        Series(BenchmarkConfig target) {
            this.target = target;
        }

        @Override
        public BenchmarkResult run(
                BenchmarkConfig config, BenchmarkListener listener, RecordSink records, StopSignal stop) {
            boolean virtual = config.target() instanceof Target.Simulated;
            Session known = virtual ? null : open;
            if (known != null) {
                return measureAll(config, known, listener, records, stop);
            }
            if (virtual) {
                tellOfTarget(listener);
            }
            return switch (targets.apply(virtual ? config : target)) {
                case Session.Opening.Failed(String message) -> new BenchmarkResult.CouldNotRun(message);
                case Session.Opening.Opened(Session session) -> {
                    if (!virtual) {
                        tell(session, listener);
                        open = session;
                        yield measureAll(config, session, listener, records, stop);
                    }
                    try (session) {
                        yield measureAll(config, session, listener, records, stop);
                    }
                }
            };
        }

        /// Once, whichever benchmark is the first.
        private synchronized void tellOfTarget(BenchmarkListener listener) {
            if (!told && targets.apply(target) instanceof Session.Opening.Opened(Session session)) {
                try (session) {
                    tell(session, listener);
                }
            }
            told = true;
        }

        private static void tell(Session session, BenchmarkListener listener) {
            listener.targetReady(session.target());
            session.notes().forEach(listener::note);
        }

        @Override
        public void close() {
            Session session = open;
            if (session != null) {
                session.close();
            }
        }
    }

    private static BenchmarkResult measureAll(
            BenchmarkConfig config, Session session, BenchmarkListener listener, RecordSink records, StopSignal stop) {
        Policies installed = Policies.installed();
        var lineup = Lineup.of(
                installed::named, config.policies(), config.leftOut().unfit(), Lineup.offerOf(config.workload(), session.engines()));
        Map<String, NotRun> refused = new LinkedHashMap<>();
        Map<String, PolicyTally> tallies = new LinkedHashMap<>();
        lineup.policies().forEach(policy -> {
            var tally = new PolicyTally(policy, Lineup.isCeiling(installed, policy), config.measuring().monitor().interval());
            Lineup.blindness(installed, policy, config.workload()).ifPresent(tally.pooled::note);
            tallies.put(policy, tally);
        });
        int number = 0;
        List<String> order = shuffled(lineup.policies(), new Seed(config.seed()).child("policy order"));
        int policies = order.size();
        for (int repeat = 1; repeat <= config.repeats() && !stop.isRequested(); repeat++) {
            Seed seed = seedOf(config, repeat);
            OptionalLong requests = WorkloadPlan.measured(config.workload(), seed).size();
            for (int i = 0; i < policies && !stop.isRequested(); i++) {
                String policy = order.get((i + repeat - 1) % policies);
                var turn = new Turn(policy, ++number, policies * config.repeats(), repeat, config.repeats(), requests);
                switch (session.activate(policy, seed)) {
                    case Session.Activation.Refused(String message) -> {
                        if (!config.continueOnError()) {
                            return new BenchmarkResult.CouldNotRun(message);
                        }
                        listener.note(message + "; going on without it");
                        refused.put(policy, NotRun.refused(policy, message));
                    }
                    case Session.Activation.Ready(Stand stand) -> {
                        PolicyTally tally = tallies.get(policy);
                        if (tally == null) {
                            throw new IllegalStateException("no tally for " + policy);
                        }
                        new Measurement(config, turn, tally.isCeiling, stand, seed, listener, records, tally.pooled, tally.probed)
                                .run(stop)
                                .ifPresent(result -> tally.add(
                                        result, stand, pricesOf(session.engines()), lineup.degraded(policy, stand.degraded())));
                    }
                }
            }
        }
        List<PolicyReport> reports = tallies.values().stream().flatMap(tally -> tally.report().stream()).toList();
        reports.forEach(report -> refused.remove(report.policy())); // it was measured in another repeat
        var notRun = new ArrayList<>(lineup.notRun());
        notRun.addAll(refused.values());
        return new BenchmarkResult.Measured(session.target(), reports, notRun, stop.isRequested());
    }

    /// In an order that follows from the seed, so that none is always first (Fisher and Yates, 1938).
    private static List<String> shuffled(List<String> policies, Seed seed) {
        var order = new ArrayList<>(policies);
        var random = seed.generator();
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        return order;
    }

    /// Known when the price of every engine is.
    private static EnginePrices pricesOf(List<EngineDescription> engines) {
        var prices = new LinkedHashMap<String, Double>();
        for (EngineDescription engine : engines) {
            if (engine.traits().usdPerHour().isEmpty()) {
                return EnginePrices.UNKNOWN;
            }
            prices.put(engine.id().value(), engine.traits().usdPerHour().getAsDouble());
        }
        return new EnginePrices(prices);
    }

    /// The seed of a repeat. The first has the one that was given, so that adding repeats adds runs and changes none.
    ///
    /// @param repeat from 1
    public static Seed seedOf(BenchmarkConfig config, int repeat) {
        var seed = new Seed(config.seed());
        return repeat == 1 ? seed : seed.child("repeat").child(repeat);
    }

    /// What was measured of one policy so far.
    private static final class PolicyTally {
        private final String policy;
        private final boolean isCeiling;
        private final MetricsCollector pooled = new MetricsCollector();
        private final CacheProbeTally probed = new CacheProbeTally();
        private final List<RunMetrics> repeats = new ArrayList<>();
        private int peak;
        private double requestSeconds;
        private ClientHealth worst = ClientHealth.PERFECT;
        private OptionalLong epoch = OptionalLong.empty();
        private Optional<String> controlPlaneMetricsJson = Optional.empty();
        private Optional<String> degraded = Optional.empty();
        private EnginePrices prices = EnginePrices.UNKNOWN;
        private final MachineTally machines;
        private Instant startedAt = Instant.MAX;
        private Instant endedAt = Instant.MIN;

        PolicyTally(String policy, boolean isCeiling, Duration monitorInterval) {
            this.machines = new MachineTally(monitorInterval.toNanos());
            this.policy = policy;
            this.isCeiling = isCeiling;
        }

        void add(Measurement.Result result, Stand stand, EnginePrices enginePrices, Optional<String> fallsShort) {
            prices = enginePrices;
            stand.note().ifPresent(note -> {
                result.metrics().note(note);
                pooled.note(note);
            });
            repeats.add(result.metrics()
                    .metrics(result.peak(), result.health(), prices, OptionalDouble.of(result.requestSeconds())));
            requestSeconds += result.requestSeconds();
            result.machines().ifPresent(machines::add);
            degraded = fallsShort;
            peak = Math.max(peak, result.peak());
            worst = worse(worst, result.health());
            epoch = stand.epoch();
            controlPlaneMetricsJson = stand.controlPlaneMetricsJson();
            startedAt = startedAt.isBefore(result.startedAt()) ? startedAt : result.startedAt();
            endedAt = endedAt.isAfter(result.endedAt()) ? endedAt : result.endedAt();
        }

        Optional<PolicyReport> report() {
            if (repeats.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new PolicyReport(
                    policy,
                    startedAt,
                    endedAt,
                    pooled.metrics(peak, worst, prices, OptionalDouble.of(requestSeconds)),
                    epoch,
                    controlPlaneMetricsJson,
                    repeats.size() > 1 ? repeats : List.of(),
                    isCeiling,
                    degraded,
                    probed.result(),
                    machines.use()));
        }

        private static ClientHealth worse(ClientHealth one, ClientHealth other) {
            return new ClientHealth(
                    larger(one.cpuShare(), other.cpuShare()),
                    larger(one.pausedShare(), other.pausedShare()),
                    Math.max(one.longestPauseNanos(), other.longestPauseNanos()),
                    one.localSocketErrors() + other.localSocketErrors(),
                    one.heldBack() + other.heldBack());
        }

        private static OptionalDouble larger(OptionalDouble one, OptionalDouble other) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.isEmpty() ? other : one;
            }
            return OptionalDouble.of(Math.max(one.getAsDouble(), other.getAsDouble()));
        }
    }
}
