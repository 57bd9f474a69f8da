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
import io.sagebench.benchmark.config.ArrivalChoice.Pattern;
import io.sagebench.workload.Extent;
import io.sagebench.workload.WorkloadSpec.Load;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/// When requests came and how many, by the documented names.
final class DocumentedLoad {
    private final Map<String, Object> all;

    DocumentedLoad(Map<String, Object> all) {
        this.all = all;
    }

    /// @param trace the name of the trace, if there is one
    void put(Load load, String trace) {
        switch (load) {
            case Load.Open(ArrivalProcess arrivals, Extent extent) -> {
                put(extent);
                put(arrivals);
            }
            case Load.Replayed(var _, int requests, double speed) -> {
                put(Setting.NUM_REQUESTS, requests);
                put(Pattern.TRACE);
                put(Setting.TRACE, trace);
                put(Setting.TRACE_SPEED, speed);
            }
            case Load.Closed(int concurrency, Extent extent) -> {
                put(extent);
                put(Setting.CONCURRENCY, concurrency);
            }
        }
    }

    private void put(Extent extent) {
        if (extent.countsRequests()) {
            put(Setting.NUM_REQUESTS, extent.requests());
        }
        if (extent.isTimed()) {
            put(Setting.DURATION, BigDecimal.valueOf(extent.span().toNanos(), 9).doubleValue());
        }
    }

    private void put(ArrivalProcess arrivals) {
        if (Double.isFinite(arrivals.meanPerSecond())) {
            put(Setting.REQUEST_RATE, rounded(arrivals.meanPerSecond()));
        }
        switch (arrivals) {
            case UniformArrivals _ -> put(Pattern.UNIFORM);
            case PoissonArrivals _ -> put(Pattern.POISSON);
            case BatchArrivals _ -> put(Pattern.BATCH);
            case GammaArrivals(double _, double burstiness) -> {
                put(Pattern.GAMMA);
                put(Setting.BURSTINESS, burstiness);
            }
            case WeibullArrivals(double _, double shape) -> {
                put(Pattern.WEIBULL);
                put(Setting.BURSTINESS, shape);
            }
            case BurstArrivals(double _, int size, double intervalSeconds) -> {
                put(Pattern.BURST);
                put(Setting.BURST_SIZE, size);
                put(Setting.BURST_INTERVAL, intervalSeconds);
            }
            case BurstyArrivals onOff -> {
                put(Pattern.ONOFF);
                put(Setting.ON_SECONDS, onOff.burstSeconds());
                put(Setting.OFF_SECONDS, onOff.quietSeconds());
                put(Setting.OFF_RATE_SHARE, rounded(onOff.quietPerSecond() / onOff.meanPerSecond()));
            }
            case VaryingArrivals(Wave wave, var _) -> {
                put(Pattern.WAVE);
                put(Setting.WAVE_AMPLITUDE, wave.amplitude());
                put(Setting.WAVE_PERIOD_SECONDS, wave.periodSeconds());
            }
            case VaryingArrivals(Ramp ramp, ArrivalProcess evenly) -> {
                put(evenly);
                all.remove(Setting.REQUEST_RATE.key());
                put(Setting.RAMP, RampText.of(ramp));
            }
            default -> {
                // a process of one's own, which has no documented name
            }
        }
    }

    private void put(Pattern pattern) {
        put(Setting.ARRIVAL_PATTERN, pattern.wireName());
    }

    private void put(Setting setting, Object value) {
        all.put(setting.key(), value);
    }

    /// Without the dust of binary fractions.
    private static double rounded(double number) {
        return new BigDecimal(number).round(new MathContext(12)).doubleValue();
    }
}
