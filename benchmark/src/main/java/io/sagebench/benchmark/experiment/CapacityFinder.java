package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.experiment.PolicyCapacity.Try;
import io.sagebench.benchmark.experiment.RateSearch.Answer;
import io.sagebench.benchmark.experiment.RateSearch.Found;
import io.sagebench.random.Seed;
import io.sagebench.report.NotRun;
import io.sagebench.report.RecordSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// Looks for the capacity of one policy: brackets it, bisects, and confirms what was found with loads from other seeds. Where they show that the seed was
/// lucky, it goes down in steps of the tolerance until all seeds together reach the target.
final class CapacityFinder {
    /// Below this part of the first rate nothing is tried.
    private static final double LOWEST_SHARE = 1.0 / 1024;
    /// Requests per second; beyond, the load generator itself is what is measured.
    private static final double HIGHEST = 100_000;
    private static final int MOST_STEPS_DOWN = 40;

    private final BenchmarkConfig base;
    private final String policy;
    private final CapacityQuestion question;
    private final PointSeries series;
    private final Consumer<String> before;
    private final List<Try> tries = new ArrayList<>();
    private List<NotRun> notRun = List.of();
    private Optional<String> failure = Optional.empty();

    /// @param before told of each measurement before it is made, in a few words
    CapacityFinder(BenchmarkConfig base, String policy, CapacityQuestion question, PointSeries series, Consumer<String> before) {
        this.base = base;
        this.policy = policy;
        this.question = question;
        this.series = series;
        this.before = before;
    }

    PolicyCapacity find() {
        var search = new RateSearch(1 + question.tolerance(), LOWEST_SHARE, HIGHEST);
        return switch (search.from(question.firstRate(), rate -> answer(rate, 1))) {
            case Found.Stopped _ -> ended(OptionalDouble.empty(), OptionalDouble.empty(), true);
            case Found.Nowhere(double fails) -> ended(OptionalDouble.empty(), OptionalDouble.of(fails), false);
            case Found.Between(double holds, double fails) -> confirmed(holds, fails);
        };
    }

    private PolicyCapacity confirmed(double found, double failed) {
        double rate = found;
        double fails = failed;
        for (int step = 0; step < MOST_STEPS_DOWN; step++) {
            switch (answer(rate, 1 + question.confirm())) {
                case HOLDS -> {
                    return ended(OptionalDouble.of(rate), Double.isFinite(fails) ? OptionalDouble.of(fails) : OptionalDouble.empty(), false);
                }
                case FAILS -> {
                    fails = rate;
                    rate /= 1 + question.tolerance();
                }
                case STOPPED -> {
                    return ended(OptionalDouble.empty(), OptionalDouble.of(fails), true);
                }
            }
        }
        return ended(OptionalDouble.empty(), OptionalDouble.of(fails), false);
    }

    private PolicyCapacity ended(OptionalDouble rate, OptionalDouble missedAt, boolean stopped) {
        return new PolicyCapacity(policy, rate, missedAt, tries, notRun, failure, stopped && failure.isEmpty() && notRun.isEmpty());
    }

    /// Whether enough requests of all these seeds together meet their service level.
    private Answer answer(double rate, int seeds) {
        var own = new ArrayList<Try>();
        for (int i = 0; i < seeds; i++) {
            Optional<Try> one = tried(rate, seed(i));
            if (one.isEmpty()) {
                return Answer.STOPPED;
            }
            own.add(one.get());
        }
        return PolicyCapacity.attainment(own).orElse(0) >= question.sloTarget() ? Answer.HOLDS : Answer.FAILS;
    }

    /// The first seed is the one that was given.
    private long seed(int number) {
        return number == 0 ? base.seed() : new Seed(base.seed()).child("confirm").child(number).value();
    }

    private Optional<Try> tried(double rate, long seed) {
        Optional<Try> known = tries.stream().filter(one -> one.ratePerSecond() == rate && one.seed() == seed).findFirst();
        return known.isPresent() ? known : measured(rate, seed);
    }

    private Optional<Try> measured(double rate, long seed) {
        before.accept(policy + " at " + Tables.rate(rate));
        long requests = Math.max(Loads.requestsOf(base.workload()), (long) Math.ceil(rate * question.atLeast().toNanos() / 1e9));
        BenchmarkConfig config = base.withPolicies(List.of(policy)).withSeed(seed).with(Loads.with(base.workload(), requests, rate));
        Optional<PointSeries.Part> part = series.measure(new Point(policy, rate, config), RecordSink.NONE);
        if (part.isEmpty() || part.get().whole().isEmpty()) {
            part.ifPresent(nothing -> {
                failure = nothing.failure();
                notRun = nothing.notRun();
            });
            return Optional.empty();
        }
        var one = new Try(rate, seed, part.get().whole().getFirst());
        tries.add(one);
        return Optional.of(one);
    }
}
