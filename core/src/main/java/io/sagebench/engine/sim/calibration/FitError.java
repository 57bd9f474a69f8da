package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.metrics.Samples;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// How far simulated latencies are from measured ones, as shares of the measured: 0.02 is 2 % too slow.
///
/// @param ttft     time to first token; absent when nothing was compared
/// @param tpot     time per output token; absent when nothing was compared, so when no answer had a second token
/// @param endToEnd end-to-end latency; absent when nothing was compared
/// @param refused  how many requests the simulated engine refused: they are compared in nothing
public record FitError(Optional<Statistics> ttft, Optional<Statistics> tpot, Optional<Statistics> endToEnd, int refused) {
    /// Errors of one latency.
    ///
    /// @param mean     of the mean over all requests
    /// @param p99      of the 99th percentile
    /// @param typical  the median over the requests of how far each is off, without sign
    /// @param requests how many were compared, at least 1
    public record Statistics(double mean, double p99, double typical, int requests) {}

    /// How many requests were compared.
    public int compared() {
        return endToEnd.map(Statistics::requests).orElse(0);
    }

    static FitError of(EngineProfile profile, List<LoadLevel> levels, IntPredicate lookedAt) {
        var ttft = new Comparison();
        var tpot = new Comparison();
        var endToEnd = new Comparison();
        int number = 0;
        int refused = 0;
        for (LoadLevel level : levels) {
            List<Replay.Served> replayed = Replay.of(profile, level);
            long beganAtNanos = level.requests().getFirst().sentAtNanos();
            for (int i = 0; i < replayed.size(); i++) {
                Replay.Served served = replayed.get(i);
                if (!lookedAt.test(number++)) {
                    continue;
                }
                if (!served.isServed()) {
                    refused++;
                    continue;
                }
                ObservedRequest request = level.requests().get(i);
                long sentAtNanos = request.sentAtNanos() - beganAtNanos;
                ttft.add(served.firstTokenAtNanos() - sentAtNanos, request.ttftNanos());
                endToEnd.add(served.lastTokenAtNanos() - sentAtNanos, request.endToEndNanos());
                request.tpotNanos().ifPresent(measured -> tpot.add(
                        (served.lastTokenAtNanos() - served.firstTokenAtNanos()) / (request.outputTokens() - 1),
                        Math.round(measured)));
            }
        }
        return new FitError(ttft.statistics(), tpot.statistics(), endToEnd.statistics(), refused);
    }

    private static final class Comparison {
        private static final double MILLIONTHS = 1e6;

        private final Samples simulated = new Samples();
        private final Samples measured = new Samples();
        private final Samples errors = new Samples();

        void add(long simulatedNanos, long measuredNanos) {
            simulated.add(simulatedNanos);
            measured.add(measuredNanos);
            errors.add(Math.round(Math.abs((double) simulatedNanos / measuredNanos - 1) * MILLIONTHS));
        }

        Optional<Statistics> statistics() {
            var ours = simulated.summary();
            var theirs = measured.summary();
            var off = errors.summary();
            return ours.isEmpty() || theirs.isEmpty() || off.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Statistics(
                            ours.get().mean() / theirs.get().mean() - 1,
                            ours.get().p99() / theirs.get().p99() - 1,
                            off.get().p50() / MILLIONTHS,
                            Math.toIntExact(errors.count())));
        }
    }
}
