package io.sagebench.report.html;

import io.sagebench.report.html.Metric.Unit;
import java.util.Locale;

/// What the names of figures in results tell: how a person would say them, and what they count.
final class Named {
    private Named() {}

    /// `p99_latency_ms` as `P99 latency`.
    static String title(String name) {
        String words = name.replaceAll("_stats\\.", " ").replaceAll("(?:percentiles|latency_stats)\\.", "").replaceAll("_(?:ms|rps)$", "")
                .replace('_', ' ').replace('.', ' ').replaceAll("\\bp99 9\\b", "p99.9");
        String known = words.replace("slo ", "SLO ").replace("llm ", "LLM ").replace("usd ", "USD ").replace("ttft", "TTFT").replace("compliance", "met");
        return known.isEmpty() ? name : known.substring(0, 1).toUpperCase(Locale.ROOT) + known.substring(1);
    }

    static Unit unit(String name) {
        if (name.endsWith("_ms") || name.startsWith("percentiles.")) {
            return Unit.MILLIS;
        }
        if (name.endsWith("_tps")) {
            return Unit.TOKENS_PER_SECOND;
        }
        if (name.contains("usd")) {
            return Unit.USD;
        }
        if (name.endsWith("compliance") || name.endsWith("success_rate") || name.endsWith("satisfaction") || name.endsWith("ratio") || name.endsWith("slo_target")) {
            return Unit.SHARE;
        }
        if (name.contains("throughput") || name.endsWith("_rps") || name.endsWith("request_rate") || name.endsWith("load_level") || name.endsWith("capacity") || name.endsWith("missed_at")
                || name.endsWith("optimal_rate") || name.endsWith("knee_rate")) {
            return Unit.REQUESTS_PER_SECOND;
        }
        return Unit.NUMBER;
    }
}
