package io.sagebench.benchmark.config;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.BatchArrivals;
import io.sagebench.arrival.BurstArrivals;
import io.sagebench.arrival.BurstyArrivals;
import io.sagebench.arrival.GammaArrivals;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.arrival.Ramp;
import io.sagebench.arrival.UniformArrivals;
import io.sagebench.arrival.VaryingArrivals;
import io.sagebench.arrival.Wave;
import io.sagebench.arrival.WeibullArrivals;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How requests are spaced that come by a rule. All its settings are looked at in any case, so that no mistake waits for another pattern.
final class ArrivalChoice {
    private static final double MOST_RATE = 1e9;
    private static final double LEAST_BURSTINESS = 0.01;
    private static final double MOST_BURSTINESS = 1_000;

    /// Which patterns a setting is for.
    private static final Map<Setting, Set<Pattern>> BELONGS_TO = Map.of(
            Setting.BURSTINESS, EnumSet.of(Pattern.GAMMA, Pattern.WEIBULL),
            Setting.BURST_SIZE, EnumSet.of(Pattern.BURST),
            Setting.BURST_INTERVAL, EnumSet.of(Pattern.BURST),
            Setting.ON_SECONDS, EnumSet.of(Pattern.ONOFF),
            Setting.OFF_SECONDS, EnumSet.of(Pattern.ONOFF),
            Setting.OFF_RATE_SHARE, EnumSet.of(Pattern.ONOFF),
            Setting.WAVE_AMPLITUDE, EnumSet.of(Pattern.WAVE),
            Setting.WAVE_PERIOD_SECONDS, EnumSet.of(Pattern.WAVE));

    /// What a ramp can bend.
    private static final Set<Pattern> RAMPED = EnumSet.of(Pattern.UNIFORM, Pattern.POISSON, Pattern.GAMMA, Pattern.WEIBULL);

    private final Values values;
    private final double rate;
    private final Pattern pattern;
    private final double burstiness;
    private final Optional<Integer> burstSize;
    private final double burstIntervalSeconds;
    private final double onSeconds;
    private final double offSeconds;
    private final double offRateShare;
    private final double amplitude;
    private final double periodSeconds;
    private final Optional<Ramp> ramp;

    /// The patterns by their stable names.
    enum Pattern {
        UNIFORM,
        POISSON,
        BURST,
        GAMMA,
        WEIBULL,
        ONOFF,
        WAVE,
        BATCH,
        /// The times of a trace.
        TRACE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ArrivalChoice(Values values) {
        this.values = values;
        rate = rate();
        pattern = pattern();
        burstiness = number(Setting.BURSTINESS, LEAST_BURSTINESS, MOST_BURSTINESS, "a number from 0.01 to 1000", Defaults.BURSTINESS);
        burstSize = values.whole(Setting.BURST_SIZE, 1);
        burstIntervalSeconds = seconds(Setting.BURST_INTERVAL, Defaults.BURST_INTERVAL);
        onSeconds = seconds(Setting.ON_SECONDS, Defaults.ON);
        offSeconds = seconds(Setting.OFF_SECONDS, Defaults.OFF);
        offRateShare = number(Setting.OFF_RATE_SHARE, 0, 1, "a share from 0 to 1", Defaults.OFF_RATE_SHARE);
        amplitude = number(Setting.WAVE_AMPLITUDE, 0, 1, "a share from 0 to 1", Defaults.WAVE_AMPLITUDE);
        periodSeconds = seconds(Setting.WAVE_PERIOD_SECONDS, Defaults.WAVE_PERIOD);
        ramp = new RampText(values).ramp();
    }

    /// The settings that say when requests come.
    static Set<Setting> settings() {
        var all = EnumSet.copyOf(BELONGS_TO.keySet());
        all.addAll(List.of(Setting.REQUEST_RATE, Setting.ARRIVAL_PATTERN, Setting.RAMP));
        return all;
    }

    /// Whether the pattern is that of a trace.
    boolean isTrace() {
        return pattern == Pattern.TRACE;
    }

    /// The process; when it cannot be made, that is told, and it is some process.
    ArrivalProcess process() {
        refuseWhatBelongsElsewhere();
        if (ramp.isPresent()) {
            return along(ramp.get());
        }
        return switch (pattern) {
            case UNIFORM, POISSON, GAMMA, WEIBULL -> evenly(rate);
            case BURST -> bursts();
            case ONOFF -> BurstyArrivals.onOff(rate, onSeconds, offSeconds, offRateShare);
            case WAVE -> new VaryingArrivals(new Wave(rate, amplitude, periodSeconds), new PoissonArrivals(1));
            case BATCH -> {
                refuseRate("has no effect with --arrival batch, which sends everything at once");
                yield new BatchArrivals();
            }
            case TRACE -> {
                values.problem(values.origin(Setting.ARRIVAL_PATTERN).orElseThrow(), "can be trace only with a file of one: --trace FILE");
                yield new PoissonArrivals(rate);
            }
        };
    }

    /// Independent gaps.
    private ArrivalProcess evenly(double perSecond) {
        return switch (pattern) {
            case UNIFORM -> new UniformArrivals(perSecond);
            case GAMMA -> new GammaArrivals(perSecond, burstiness);
            case WEIBULL -> weibull(perSecond);
            case POISSON, BURST, ONOFF, WAVE, BATCH, TRACE -> new PoissonArrivals(perSecond);
        };
    }

    private ArrivalProcess weibull(double perSecond) {
        if (burstiness >= WeibullArrivals.LEAST_SHAPE) {
            return new WeibullArrivals(perSecond, burstiness);
        }
        values.problem(
                values.origin(Setting.BURSTINESS).orElseThrow(),
                "must be at least " + WeibullArrivals.LEAST_SHAPE + " for the pattern weibull, but is " + burstiness);
        return new PoissonArrivals(perSecond);
    }

    /// Without a size, half the requests come in bursts.
    private ArrivalProcess bursts() {
        long half = Math.round(rate * burstIntervalSeconds / 2);
        int size = burstSize.orElse((int) Math.clamp(half, 1L, Integer.MAX_VALUE));
        if (size <= rate * burstIntervalSeconds) {
            return new BurstArrivals(rate, size, burstIntervalSeconds);
        }
        Origin origin = values.origin(Setting.BURST_SIZE)
                .or(() -> values.origin(Setting.BURST_INTERVAL))
                .or(() -> values.origin(Setting.REQUEST_RATE))
                .orElseThrow();
        values.sentence(
                origin,
                "bursts of " + size + " every " + burstIntervalSeconds + " s are more than the rate of " + rate
                        + " requests/s, which counts them in");
        return new PoissonArrivals(rate);
    }

    private ArrivalProcess along(Ramp rates) {
        refuseRate("has no effect with a ramp, which says the rate itself");
        if (!RAMPED.contains(pattern)) {
            values.problem(
                    values.origin(Setting.RAMP).orElseThrow(),
                    "goes with the patterns " + names(RAMPED, ", ") + ", but not with " + pattern.wireName());
        }
        return new VaryingArrivals(rates, evenly(1));
    }

    private void refuseRate(String why) {
        if (values.origin(Setting.REQUEST_RATE).orElse(null) instanceof Origin.Option option) {
            values.problem(option, why);
        }
    }

    /// An option that would do nothing is a mistake; in a file it may serve runs with another pattern.
    private void refuseWhatBelongsElsewhere() {
        for (Setting setting : Setting.values()) {
            Set<Pattern> patterns = BELONGS_TO.getOrDefault(setting, Set.of(pattern));
            if (!patterns.contains(pattern) && values.origin(setting).orElse(null) instanceof Origin.Option option) {
                values.problem(option, "has no effect without --arrival " + names(patterns, " or "));
            }
        }
    }

    private static String names(Set<Pattern> patterns, String between) {
        return patterns.stream().sorted().map(Pattern::wireName).collect(Collectors.joining(between));
    }

    private double rate() {
        double perSecond = values.aboveZero(Setting.REQUEST_RATE, Defaults.RATE, " requests/s");
        if (perSecond > MOST_RATE) {
            values.problem(
                    values.origin(Setting.REQUEST_RATE).orElseThrow(), "must be at most a billion requests/s, but is " + perSecond);
            return Defaults.RATE;
        }
        return perSecond;
    }

    private Pattern pattern() {
        Optional<String> name = values.text(Setting.ARRIVAL_PATTERN);
        if (name.isEmpty()) {
            return Pattern.POISSON;
        }
        for (Pattern known : Pattern.values()) {
            if (known.wireName().equalsIgnoreCase(name.get())) {
                return known;
            }
        }
        List<String> names = Arrays.stream(Pattern.values()).map(Pattern::wireName).toList();
        values.problem(
                values.origin(Setting.ARRIVAL_PATTERN).orElseThrow(),
                "must be one of " + String.join(", ", names) + ", but is '" + name.get() + "'" + DidYouMean.hint(names, name.get()));
        return Pattern.POISSON;
    }

    private double seconds(Setting setting, Duration otherwise) {
        return values.duration(setting).orElse(otherwise).toNanos() / 1e9;
    }

    private double number(Setting setting, double least, double most, String expected, double otherwise) {
        return values.given(setting)
                .flatMap(value -> values.numberAs(value, expected, number -> number >= least && number <= most))
                .orElse(otherwise);
    }
}
