package io.sagebench.report.engine.rank;

import io.sagebench.report.engine.EngineField;
import io.sagebench.report.engine.EngineField.Better;
import io.sagebench.report.engine.EngineFields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What decides who comes first. Which way is better is the figure's own fact.
public enum RankBy {
    /// Output tokens a second of the whole engine: more is better.
    THROUGHPUT("throughput_tps", "output_throughput_tps"),
    /// Mean time to first token: less is better.
    TTFT("ttft_ms", "avg_ttft_ms"),
    /// 99th percentile of the end-to-end latency: less is better.
    LATENCY_P99("latency_p99_ms", "p99_e2el_ms"),
    /// Mean time between tokens: less is better.
    TBT("tbt_ms", "avg_tbt_ms");

    private final String wireName;
    private final String figure;

    RankBy(String wireName, String figure) {
        this.wireName = wireName;
        this.figure = figure;
    }

    /// The stable name, on the command line.
    public String wireName() {
        return wireName;
    }

    /// The field of the metrics contract.
    public EngineField field() {
        return EngineFields.named(figure).orElseThrow();
    }

    /// Whether the least figure wins.
    public boolean isLowerBetter() {
        return field().better() == Better.LOWER;
    }

    /// All names.
    public static List<String> names() {
        return Arrays.stream(values()).map(RankBy::wireName).toList();
    }

    /// The one of that name, if there is one.
    public static Optional<RankBy> named(String name) {
        return Arrays.stream(values()).filter(each -> each.wireName.equals(name)).findFirst();
    }
}
