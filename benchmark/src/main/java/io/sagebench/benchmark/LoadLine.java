package io.sagebench.benchmark;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.BatchArrivals;
import io.sagebench.arrival.Ramp;
import io.sagebench.arrival.VaryingArrivals;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import io.sagebench.workload.Extent;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/// A configuration in a few words.
public final class LoadLine {
    private LoadLine() {}

    /// Of a whole configuration.
    public static ConfigLine of(BenchmarkConfig config) {
        String repeats = config.repeats() == 1 ? "" : ", " + config.repeats() + " times";
        return new ConfigLine(
                load(config.workload().load()) + repeats, mix(config.workload()), List.copyOf(config.workload().models()));
    }

    private static String mix(WorkloadSpec workload) {
        if (!workload.isHybrid()) {
            return "";
        }
        double embedding = workload.kinds().shares().entrySet().stream()
                .filter(kind -> !kind.getKey().type().isGeneration())
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return "LLM: " + percent(1 - embedding) + " | Embedding: " + percent(embedding);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(100 * share).setScale(1, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString() + "%";
    }

    /// Of a load, for example `1000 requests @ 100 req/s`.
    public static String load(Load load) {
        return switch (load) {
            case Load.Open(BatchArrivals _, Extent extent) -> extent(extent) + " at once";
            case Load.Open(VaryingArrivals(Ramp ramp, var _), Extent extent) -> extent(extent) + " @ " + ramp(ramp) + " req/s";
            case Load.Open(ArrivalProcess arrivals, Extent extent) ->
                extent(extent) + " @ " + plain(arrivals.meanPerSecond()) + " req/s";
            case Load.Replayed(var trace, int requests, double speed) ->
                requests + " requests of " + trace.name() + (speed == 1 ? "" : " at " + plain(speed) + " times its speed");
            case Load.Closed(int concurrency, Extent extent) ->
                extent(extent) + ", closed loop of " + concurrency + (concurrency == 1 ? " caller" : " callers");
        };
    }

    private static String extent(Extent extent) {
        String time = plain(extent.span().toNanos() / 1e9) + " s";
        if (extent.countsRequests()) {
            return extent.requests() + " requests" + (extent.isTimed() ? " within " + time : "");
        }
        return "requests of " + time;
    }

    private static String ramp(Ramp ramp) {
        var rates = new StringBuilder(plain(ramp.legs().getFirst().fromPerSecond()));
        ramp.legs().forEach(leg -> rates.append(" to ").append(plain(leg.toPerSecond())));
        return rates.toString();
    }

    private static String plain(double number) {
        return plain(number, 12);
    }

    /// A number without an exponent.
    ///
    /// @param digits that count
    public static String plain(double number, int digits) {
        return new BigDecimal(number).round(new MathContext(digits)).stripTrailingZeros().toPlainString();
    }
}
