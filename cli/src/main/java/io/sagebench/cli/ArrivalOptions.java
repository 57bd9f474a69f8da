package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// When requests come.
final class ArrivalOptions {
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "The requests of so much time: 60s, 10m; of a trace, as it was recorded. With --requests, whichever ends first.")
    private @Nullable String duration;

    @Option(
            names = "--arrival",
            paramLabel = "PATTERN",
            description = "poisson, uniform, gamma, weibull, burst, onoff, wave, or batch: all at once. Default: poisson."
                    + " 'workload show --arrivals' draws them.")
    private @Nullable String arrival;

    @Option(
            names = "--burstiness",
            paramLabel = "SHAPE",
            description = "Of gamma and weibull: 1 is poisson, less is burstier, more is more even. Default: 0.5.")
    private @Nullable String burstiness;

    @Option(
            names = "--burst-size",
            paramLabel = "N",
            description = "Of burst: requests at once. Default: half of those of an interval.")
    private @Nullable String burstSize;

    @Option(
            names = "--burst-interval",
            paramLabel = "TIME",
            description = "Of burst: from one to the next. Default: 10s.")
    private @Nullable String burstInterval;

    @Option(names = "--on-time", paramLabel = "TIME", description = "Of onoff: how long requests come, on average. Default: 5s.")
    private @Nullable String onTime;

    @Option(names = "--off-time", paramLabel = "TIME", description = "Of onoff: how long they pause, on average. Default: 15s.")
    private @Nullable String offTime;

    @Option(
            names = "--off-rate-share",
            paramLabel = "SHARE",
            description = "Of onoff: the rate in a pause as a share of --rate, from 0 to 1. Default: 0.")
    private @Nullable String offRateShare;

    @Option(
            names = "--wave-amplitude",
            paramLabel = "SHARE",
            description = "Of wave: how far the rate swings, as a share of --rate from 0 to 1. Default: 0.5.")
    private @Nullable String waveAmplitude;

    @Option(names = "--wave-period", paramLabel = "TIME", description = "Of wave: from crest to crest. Default: 60s.")
    private @Nullable String wavePeriod;

    @Option(
            names = "--ramp",
            paramLabel = "FROM:TO@TIME,...",
            description = "A rate that changes with time, instead of --rate: 10:100@60s, or 10@1m,10:50@5m,50@1m.")
    private @Nullable String ramp;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Replays the times and lengths, and common prefixes where it has them, of a trace: Azure, BurstGPT, Mooncake,"
                    + " Qwen-Bailian, vLLM, or a plan.")
    private @Nullable String trace;

    @Option(names = "--speed", paramLabel = "FACTOR", description = "How many times as fast the trace is replayed. Default: 1.")
    private @Nullable String speed;

    @Option(
            names = "--turns",
            paramLabel = "MIN-MAX",
            description = "Conversations of so many requests each, with all that was said before; --requests and --rate count conversations.")
    private @Nullable String turns;

    @Option(
            names = "--think-time",
            paramLabel = "TIME",
            description = "With --turns: from an answer to the next request, on average. Default: 5s.")
    private @Nullable String thinkTime;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "A closed loop instead: N callers, each of whom asks again when an answer has ended."
                    + " A slow server is asked less, which hides what its users would wait.")
    private @Nullable String concurrency;

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            description = "Holds requests back while N are in flight. Their latency counts from when they should have left."
                    + " Default: no limit.")
    private @Nullable String maxInFlight;

    /// Hands over what was given.
    void giveTo(ConfigDraft draft) {
        draft.option(Setting.DURATION, "--duration", duration);
        draft.option(Setting.ARRIVAL_PATTERN, "--arrival", arrival);
        draft.option(Setting.BURSTINESS, "--burstiness", burstiness);
        draft.option(Setting.BURST_SIZE, "--burst-size", burstSize);
        draft.option(Setting.BURST_INTERVAL, "--burst-interval", burstInterval);
        draft.option(Setting.ON_SECONDS, "--on-time", onTime);
        draft.option(Setting.OFF_SECONDS, "--off-time", offTime);
        draft.option(Setting.OFF_RATE_SHARE, "--off-rate-share", offRateShare);
        draft.option(Setting.WAVE_AMPLITUDE, "--wave-amplitude", waveAmplitude);
        draft.option(Setting.WAVE_PERIOD_SECONDS, "--wave-period", wavePeriod);
        draft.option(Setting.RAMP, "--ramp", ramp);
        draft.option(Setting.TURNS, "--turns", turns);
        draft.option(Setting.THINK_TIME_SECONDS, "--think-time", thinkTime);
        draft.option(Setting.TRACE, "--trace", trace);
        draft.option(Setting.TRACE_SPEED, "--speed", speed);
        draft.option(Setting.CONCURRENCY, "--concurrency", concurrency);
        draft.option(Setting.MAX_IN_FLIGHT, "--max-in-flight", maxInFlight);
    }
}
