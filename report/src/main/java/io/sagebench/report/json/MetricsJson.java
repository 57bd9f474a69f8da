package io.sagebench.report.json;

import static io.sagebench.report.json.Json.finite;
import static io.sagebench.report.json.Json.millis;

import io.sagebench.metrics.Bounds;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.LengthMatch;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.metrics.RunMetrics.Cost;
import io.sagebench.metrics.RunMetrics.FairnessByGroup;
import io.sagebench.metrics.RunMetrics.Group;
import io.sagebench.metrics.RunMetrics.RequestCounts;
import io.sagebench.metrics.RunMetrics.Throughput;
import io.sagebench.report.CacheHygiene;
import io.sagebench.statistics.OrderStatistics;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ObjectNode;

/// The `metrics` object of a policy. Every name of layout "1.0" is there, at its place; what is not known is null.
final class MetricsJson {
    /// With fewer samples not even the smallest and the largest hold a 99.9th percentile with 95 % confidence.
    private static final long LEAST_FOR_P999 = OrderStatistics.leastSamples(0.999, Bounds.LEVEL);

    private MetricsJson() {}

    static ObjectNode of(RunMetrics metrics, boolean hybrid) {
        ObjectNode json = Json.object();
        json.set("request_counts", counts(metrics.counts()));
        json.set("throughput", throughput(metrics.throughput()));
        json.set("e2e_latency_ms", latency(metrics.endToEnd()));
        json.set("ttft_ms", latency(metrics.ttft()));
        json.set("tbt_ms", latency(metrics.tbt()));
        json.set("itl_ms", latency(metrics.itl()));
        json.set("tpot_ms", latency(metrics.tpot()));
        json.set("queue_ms", latency(metrics.queueWait()));
        json.set("send_lag_ms", latency(metrics.sendLag()));
        ObjectNode fromSend = json.putObject("from_send");
        fromSend.set("ttft_ms", latency(metrics.ttftSinceSent()));
        fromSend.set("e2e_latency_ms", latency(metrics.endToEndSinceSent()));
        json.set("slo", slo(metrics));
        json.set("errors", errors(metrics.counts()));
        ObjectNode priorities = json.putObject("metrics_by_priority");
        metrics.byPriority().forEach((priority, group) -> priorities.set(priority.name(), group(group)));
        ObjectNode models = json.putObject("metrics_by_model");
        metrics.byModel().forEach((model, group) -> models.set(model, group(group)));
        if (hybrid) {
            json.set("llm", llm(metrics));
            json.set("embedding", embedding(metrics));
            json.putObject("mixed_workload")
                    .put("llm_ratio_actual", finite(metrics.parts().llmShare()))
                    .put("embedding_ratio_actual", finite(metrics.parts().embeddingShare()));
        }
        ObjectNode types = json.putObject("metrics_by_request_type");
        metrics.breakdown().byType().forEach((type, group) -> types.set(type.wireName(), type.isGeneration() ? group(group) : textGroup(group)));
        ObjectNode tenants = json.putObject("metrics_by_tenant");
        metrics.breakdown().byTenant().forEach((tenant, group) -> tenants.set(tenant, group(group)));
        json.set("fairness", fairness(metrics.fairness()));
        json.set("cost", cost(metrics.cost()));
        ObjectNode busy = json.putObject("engine_busy_seconds");
        metrics.cost().busySecondsByEngine().forEach((engine, seconds) -> busy.put(engine, finite(seconds.doubleValue())));
        json.set("tokens", tokens(metrics.tokens()));
        json.set("confidence", EvidenceJson.confidence(metrics));
        json.set("steady", EvidenceJson.steady(metrics.evidence().steady()));
        json.set("littles_law", EvidenceJson.littlesLaw(metrics.evidence()));
        ObjectNode validity = json.putObject("validity");
        validity.put("verdict", metrics.validity().verdict().wireName());
        var reasons = validity.putArray("reasons");
        metrics.validity().reasons().forEach(reasons::add);
        var notes = validity.putArray("notes");
        metrics.validity().notes().forEach(notes::add);
        return json;
    }

    private static ObjectNode counts(RequestCounts counts) {
        return Json.object()
                .put("total", counts.total())
                .put("completed", counts.completed())
                .put("failed", counts.failed())
                .put("timeout", counts.timedOut())
                .put("rejected", counts.rejected());
    }

    private static ObjectNode throughput(Throughput rates) {
        return Json.object()
                .put("duration_seconds", finite(rates.durationSeconds()))
                .put("requests_per_second", finite(rates.requestsPerSecond()))
                .put("tokens_per_second", finite(rates.outputTokensPerSecond()))
                .put("goodput_rps", finite(rates.goodputPerSecond()))
                .put("input_tokens_per_second", finite(rates.inputTokensPerSecond()))
                .put("total_tokens_per_second", finite(sum(rates.inputTokensPerSecond(), rates.outputTokensPerSecond())))
                .put("offered_requests_per_second", finite(rates.offeredRequestsPerSecond()))
                .put("peak_in_flight", rates.peakInFlight());
    }

    private static OptionalDouble sum(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() && other.isPresent()
                ? OptionalDouble.of(one.getAsDouble() + other.getAsDouble())
                : OptionalDouble.empty();
    }

    static ObjectNode latency(Optional<LatencySummary> known) {
        ObjectNode json = Json.object();
        if (known.isEmpty()) {
            for (String name : new String[] {"avg", "p50", "p90", "p95", "p99", "p99_9", "min", "max", "stddev"}) {
                json.putNull(name);
            }
            return json.put("samples", 0);
        }
        LatencySummary latency = known.get();
        json.put("avg", millis(latency.mean()));
        json.put("p50", millis(latency.p50()));
        json.put("p90", millis(latency.p90()));
        json.put("p95", millis(latency.p95()));
        json.put("p99", millis(latency.p99()));
        json.put("p99_9", latency.count() < LEAST_FOR_P999 ? null : millis(latency.p999()));
        json.put("min", millis(latency.min()));
        json.put("max", millis(latency.max()));
        json.put("stddev", millis(latency.stddev()));
        json.put("samples", latency.count());
        if (latency.count() < LEAST_FOR_P999) {
            json.put(
                    "withheld",
                    "p99_9: " + latency.count() + (latency.count() == 1 ? " sample is" : " samples are") + " too few, " + LEAST_FOR_P999 + " are needed");
        }
        if (!latency.exact()) {
            json.put("percentiles", "from a histogram with 3 digits");
        }
        return json;
    }

    private static ObjectNode slo(RunMetrics metrics) {
        ObjectNode json = Json.object();
        json.put("compliance_rate", finite(metrics.slo().attainment()));
        ObjectNode priorities = json.putObject("by_priority");
        metrics.byPriority()
                .forEach((priority, group) ->
                        priorities.put(priority.name(), finite(group.slo().attainment())));
        return json.put("met", metrics.slo().met()).put("total", metrics.slo().total());
    }

    private static ObjectNode errors(RequestCounts counts) {
        ObjectNode json = Json.object()
                .put("error_rate", finite(counts.errorRate()))
                .put("timeout_rate", finite(counts.timeoutRate()))
                .put("rejected_rate", finite(counts.rejectedRate()));
        ObjectNode outcomes = json.putObject("by_outcome");
        counts.byOutcome().forEach(outcomes::put);
        ObjectNode reasons = json.putObject("by_reason");
        counts.reasons().forEach(reasons::put);
        return json;
    }

    private static ObjectNode group(Group group) {
        var endToEnd = group.endToEnd();
        var ttft = group.ttft();
        return Json.object()
                .put("total_requests", group.total())
                .put("completed_requests", group.completed())
                .put("avg_latency_ms", endToEnd.map(latency -> millis(latency.mean())).orElse(null))
                .put("p99_latency_ms", endToEnd.map(latency -> millis(latency.p99())).orElse(null))
                .put("slo_compliance_rate", finite(group.slo().attainment()))
                .put("avg_ttft_ms", ttft.map(latency -> millis(latency.mean())).orElse(null))
                .put("p99_ttft_ms", ttft.map(latency -> millis(latency.p99())).orElse(null))
                .put("total_tokens", group.outputTokens());
    }

    private static ObjectNode textGroup(Group group) {
        ObjectNode json = group(group);
        json.remove("avg_ttft_ms");
        json.remove("p99_ttft_ms");
        json.remove("total_tokens");
        return json.put("total_texts_embedded", group.textsEmbedded()).put("avg_batch_size", finite(group.averageBatch()));
    }

    private static ObjectNode llm(RunMetrics metrics) {
        var parts = metrics.parts();
        ObjectNode json = part(parts.llm());
        json.putObject("throughput")
                .put("requests_per_second", finite(parts.llmRequestsPerSecond()))
                .put("tokens_per_second", finite(metrics.throughput().outputTokensPerSecond()));
        json.set("ttft_ms", latency(metrics.ttft()));
        json.set("tbt_ms", latency(metrics.tbt()));
        return json;
    }

    private static ObjectNode embedding(RunMetrics metrics) {
        var parts = metrics.parts();
        ObjectNode json = part(parts.embedding());
        json.putObject("throughput")
                .put("requests_per_second", finite(parts.embeddingRequestsPerSecond()))
                .put("texts_per_second", finite(parts.textsPerSecond()));
        json.putObject("batch").putNull("efficiency").put("avg_size", finite(parts.embedding().averageBatch()));
        return json;
    }

    private static ObjectNode part(Group group) {
        ObjectNode json = Json.object();
        json.putObject("request_counts").put("total", group.total()).put("completed", group.completed());
        json.set("e2e_latency_ms", latency(group.endToEnd()));
        json.put("slo_compliance_rate", finite(group.slo().attainment()));
        return json;
    }

    private static ObjectNode fairness(FairnessByGroup fairness) {
        var tenants = fairness.byTenant();
        return Json.object()
                .put("jain_by_tenant", tenants.map(known -> finite(known.jain())).orElse(null))
                .put("worst_tenant_satisfaction", tenants.map(known -> finite(known.worstSatisfaction())).orElse(null))
                .put("largest_tenant_gap_tokens", tenants.map(known -> finite(known.largestGapTokens())).orElse(null))
                .put("jain_by_priority", fairness.byPriority().map(known -> finite(known.jain())).orElse(null));
    }

    private static ObjectNode cost(Cost cost) {
        return Json.object()
                .put("usd", finite(cost.rentedUsd()))
                .put("usd_per_1k_tokens", finite(cost.rentedUsdPer1kTokens()))
                .put("busy_usd", finite(cost.busyUsd()))
                .put("busy_usd_per_1k_tokens", finite(cost.busyUsdPer1kTokens()));
    }

    private static ObjectNode tokens(RunMetrics.TokenTotals tokens) {
        ObjectNode json = Json.object()
                .put("input", tokens.input())
                .put("output", tokens.output())
                .put("cached_input", tokens.cachedInput())
                .put("cached_input_share", finite(CacheHygiene.cachedShare(tokens)))
                .put("prompt_mismatches", tokens.promptMismatches())
                .put("output_mismatches", tokens.outputMismatches());
        ObjectNode sources = json.putObject("output_sources");
        tokens.outputSources().forEach(sources::put);
        ObjectNode promptSources = json.putObject("prompt_sources");
        tokens.prompts().sources().forEach(promptSources::put);
        json.set("prompt_lengths", lengths(tokens.prompts()));
        json.set("output_lengths", lengths(tokens.outputs()));
        return json;
    }

    private static ObjectNode lengths(LengthMatch match) {
        return Json.object()
                .put("compared", match.compared())
                .put("asked_mean", finite(match.meanAsked()))
                .put("received_mean", finite(match.meanReceived()))
                .put("mismatch_mean", finite(match.meanMismatch()))
                .put("mismatch_share", finite(match.mismatchShare()))
                .put("mismatch_max", match.largest())
                .put("exact_share", finite(match.exactShare()));
    }
}
