package io.sagebench.report.results;

import io.sagebench.metrics.CacheProbe;
import io.sagebench.metrics.Evidence;
import io.sagebench.metrics.Fairness;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.LengthMatch;
import io.sagebench.metrics.Measured;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.metrics.RunMetrics.Breakdown;
import io.sagebench.metrics.RunMetrics.Cost;
import io.sagebench.metrics.RunMetrics.FairnessByGroup;
import io.sagebench.metrics.RunMetrics.Group;
import io.sagebench.metrics.RunMetrics.Parts;
import io.sagebench.metrics.RunMetrics.RequestCounts;
import io.sagebench.metrics.RunMetrics.Slo;
import io.sagebench.metrics.RunMetrics.Throughput;
import io.sagebench.metrics.RunMetrics.TokenTotals;
import io.sagebench.metrics.Validity;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.RawResults;
import io.sagebench.report.RunInfo;
import io.sagebench.report.TargetReport;
import io.sagebench.report.ToolInfo;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes a report of a results file again, as far as the forms for people need it: what the file does not say is absent.
public final class ReportReader {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String NEEDS = "needs ";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ResultsFile file;

    /// @param file what to read
    public ReportReader(ResultsFile file) {
        this.file = file;
    }

    /// The report. Its requests are read too, as what the best policies rest on; a records file that is gone only leaves that out.
    ///
    /// @throws Unusable when the file is damaged
    public BenchmarkReport report() throws Unusable {
        JsonNode tree = file.tree();
        try {
            var policies = new ArrayList<PolicyReport>();
            for (String name : file.policies()) {
                policies.add(policy(name, file.policy(name)));
            }
            var notRun = new ArrayList<NotRun>();
            tree.path("policy_results").properties().forEach(entry -> {
                String reason = entry.getValue().path("not_run").asString("");
                if (!reason.isEmpty()) {
                    notRun.add(new NotRun(entry.getKey(), reason.startsWith(NEEDS) ? reason.substring(NEEDS.length()) : reason));
                }
            });
            JsonNode tool = tree.path("tool");
            return new BenchmarkReport(
                    new ToolInfo(text(tool, "name"), text(tool, "version"), text(tool, "commit")),
                    run(tree.path("run")),
                    target(tree.path("target")),
                    MAPPER.convertValue(tree.path("config"), new TypeReference<LinkedHashMap<String, Object>>() {}),
                    file.hybrid(),
                    policies,
                    notRun,
                    new RawResults.InFile(String.valueOf(file.path().getFileName())));
        } catch (IllegalArgumentException | DateTimeException damaged) {
            throw ResultsFile.unusable(file.path() + ": is damaged: " + damaged.getMessage());
        }
    }

    /// What was asked for, in short, as far as the configuration in the report tells.
    public static ConfigLine load(BenchmarkReport report) {
        Map<String, ?> config = report.configuration();
        String requests = String.valueOf(config.get("num_requests")) + " requests";
        String load;
        if ("batch".equals(config.get("arrival_pattern"))) {
            load = requests + " at once";
        } else if (config.get("request_rate") instanceof Number rate) {
            load = requests + " @ " + BigDecimal.valueOf(rate.doubleValue()).stripTrailingZeros().toPlainString() + " req/s";
        } else {
            load = config.get("trace") == null ? requests : requests + " of " + config.get("trace");
        }
        int repeats = config.get("repeats") instanceof Number times ? times.intValue() : 1;
        String mix = "";
        if (report.hybrid() && config.get("llm_ratio") instanceof Number llm) {
            mix = "LLM: " + percent(llm.doubleValue()) + " | Embedding: " + percent(1 - llm.doubleValue());
        }
        var models = new ArrayList<String>();
        if (config.get("model_distribution") instanceof Map<?, ?> shares) {
            shares.keySet().forEach(name -> models.add(String.valueOf(name)));
        }
        if (report.hybrid() && config.get("embedding_model") != null) {
            models.add(String.valueOf(config.get("embedding_model")));
        }
        return new ConfigLine(repeats == 1 ? load : load + ", " + repeats + " times", mix, models);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(100 * share).setScale(1, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString() + "%";
    }

    private static RunInfo run(JsonNode run) {
        JsonNode host = run.path("host");
        return new RunInfo(
                text(run, "id"),
                run.path("seed").asLong(0),
                Instant.parse(run.path("started_at").asString("1970-01-01T00:00:00Z")),
                text(run, "command"),
                new RunInfo.Host(text(host, "os"), host.path("cores").asInt(0), text(host, "jvm")),
                run.path("interrupted").asBoolean(false));
    }

    private static TargetReport target(JsonNode target) {
        String kind = text(target, "kind");
        return new TargetReport(
                Arrays.stream(TargetReport.Kind.values())
                        .filter(one -> one.wireName().equals(kind))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("target.kind is '" + kind + "'")),
                target.path("url").isString() ? Optional.of(URI.create(target.path("url").asString())) : Optional.empty(),
                text(target, "description"),
                Optional.empty());
    }

    private PolicyReport policy(String name, JsonNode json) throws Unusable {
        var repeats = new ArrayList<RunMetrics>();
        Optional<Measured> requests = requests(name);
        for (JsonNode repeat : json.path("repeats")) {
            Optional<Measured> part = requests.filter(all -> all.repeats().size() > repeats.size())
                    .map(all -> all.repeats().get(repeats.size()));
            repeats.add(metrics(repeat, part));
        }
        return new PolicyReport(
                name,
                moment(json.path("start_time")),
                moment(json.path("end_time")),
                metrics(json.path("metrics"), requests),
                json.path("policy_epoch").isNumber() ? OptionalLong.of(json.path("policy_epoch").asLong()) : OptionalLong.empty(),
                json.path("control_plane_metrics").isNull()
                        ? Optional.empty()
                        : Optional.of(json.path("control_plane_metrics").toString()),
                repeats,
                json.path("ceiling").asBoolean(false),
                json.path("degraded").isString() ? Optional.of(json.path("degraded").asString()) : Optional.empty(),
                probe(json.path("cache_probe")),
                MachinesReader.read(json));
    }

    private static Optional<CacheProbe> probe(JsonNode json) {
        return json.isObject()
                ? Optional.of(new CacheProbe(
                        json.path("prompts").asInt(0),
                        nanos(json, "cold_ttft_ms"),
                        nanos(json, "warm_ttft_ms"),
                        number(json, "cold_cached_share"),
                        number(json, "warm_cached_share")))
                : Optional.empty();
    }

    private Optional<Measured> requests(String policy) {
        try {
            return file.compared(policy).measured();
        } catch (Unusable _) {
            return Optional.empty(); // the figures can be printed without
        }
    }

    private static Instant moment(JsonNode seconds) {
        var exact = seconds.decimalValue(BigDecimal.ZERO);
        return Instant.ofEpochSecond(
                exact.longValue(), exact.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }

    private static RunMetrics metrics(JsonNode json, Optional<Measured> requests) {
        JsonNode rates = json.path("throughput");
        Map<Priority, Group> priorities = new LinkedHashMap<>();
        json.path("metrics_by_priority").properties().forEach(entry -> priorities.put(Priority.valueOf(entry.getKey()), group(entry.getValue())));
        Map<RequestType, Group> types = new LinkedHashMap<>();
        json.path("metrics_by_request_type").properties().forEach(entry -> Arrays.stream(RequestType.values())
                .filter(type -> type.wireName().equals(entry.getKey()))
                .forEach(type -> types.put(type, group(entry.getValue()))));
        var evidence = new Evidence(
                Evidence.NONE.confidence(),
                new Evidence.Steady(verdict(text(json.path("steady"), "verdict")), Optional.empty()),
                Optional.empty(),
                requests.map(Measured::requests),
                requests.map(Measured::rates));
        return new RunMetrics(
                counts(json),
                new Throughput(
                        0,
                        rates.path("duration_seconds").asDouble(0),
                        number(rates, "requests_per_second"),
                        number(rates, "goodput_rps"),
                        number(rates, "tokens_per_second"),
                        number(rates, "input_tokens_per_second"),
                        number(rates, "offered_requests_per_second"),
                        rates.path("peak_in_flight").asInt(0)),
                latency(json.path("e2e_latency_ms")),
                latency(json.path("ttft_ms")),
                latency(json.path("itl_ms")),
                latency(json.path("tbt_ms")),
                latency(json.path("tpot_ms")),
                latency(json.path("send_lag_ms")),
                latency(json.path("from_send").path("ttft_ms")),
                latency(json.path("from_send").path("e2e_latency_ms")),
                latency(json.path("queue_ms")),
                new Slo(
                        json.path("slo").path("met").asLong(0),
                        json.path("slo").path("total").asLong(0),
                        number(json.path("slo"), "compliance_rate")),
                parts(json),
                new Breakdown(priorities, named(json.path("metrics_by_model")), types, named(json.path("metrics_by_tenant"))),
                fairness(json.path("fairness")),
                cost(json),
                tokens(json.path("tokens")),
                validity(json.path("validity")),
                evidence);
    }

    private static Evidence.Steady.Verdict verdict(String name) {
        return Arrays.stream(Evidence.Steady.Verdict.values())
                .filter(verdict -> verdict.wireName().equals(name))
                .findFirst()
                .orElse(Evidence.Steady.Verdict.TOO_SHORT);
    }

    private static RequestCounts counts(JsonNode json) {
        JsonNode counts = json.path("request_counts");
        return new RequestCounts(
                counts.path("total").asLong(0),
                counts.path("completed").asLong(0),
                counts.path("rejected").asLong(0),
                counts.path("timeout").asLong(0),
                counts.path("failed").asLong(0),
                longs(json.path("errors").path("by_outcome")),
                longs(json.path("errors").path("by_reason")));
    }

    private static Parts parts(JsonNode json) {
        Group none = group(MAPPER.createObjectNode());
        if (!json.has("llm")) {
            return new Parts(none, none, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        }
        JsonNode llm = json.path("llm");
        JsonNode embedding = json.path("embedding");
        return new Parts(
                part(llm, OptionalDouble.empty()),
                part(embedding, number(embedding.path("batch"), "avg_size")),
                number(llm.path("throughput"), "requests_per_second"),
                number(embedding.path("throughput"), "requests_per_second"),
                number(embedding.path("throughput"), "texts_per_second"));
    }

    private static Group part(JsonNode json, OptionalDouble averageBatch) {
        long total = json.path("request_counts").path("total").asLong(0);
        long completed = json.path("request_counts").path("completed").asLong(0);
        return new Group(
                total,
                completed,
                slo(total, number(json, "slo_compliance_rate")),
                latency(json.path("e2e_latency_ms")),
                latency(json.path("ttft_ms")),
                0,
                averageBatch.isPresent() ? Math.round(averageBatch.getAsDouble() * completed) : 0,
                0);
    }

    private static Slo slo(long total, OptionalDouble share) {
        return new Slo(Math.round(share.orElse(0) * total), total, share);
    }

    private static Map<String, Group> named(JsonNode groups) {
        var named = new LinkedHashMap<String, Group>();
        groups.properties().forEach(entry -> named.put(entry.getKey(), group(entry.getValue())));
        return named;
    }

    private static Group group(JsonNode json) {
        long total = json.path("total_requests").asLong(0);
        return new Group(
                total,
                json.path("completed_requests").asLong(0),
                slo(total, number(json, "slo_compliance_rate")),
                Optional.empty(),
                Optional.empty(),
                json.path("total_tokens").asLong(0),
                0,
                json.path("total_texts_embedded").asLong(0));
    }

    private static FairnessByGroup fairness(JsonNode json) {
        Function<String, Optional<Fairness>> of = name -> number(json, name).isEmpty()
                ? Optional.empty()
                : Optional.of(new Fairness(
                        number(json, name).getAsDouble(),
                        number(json, "worst_tenant_satisfaction").orElse(Double.NaN),
                        number(json, "largest_tenant_gap_tokens").orElse(Double.NaN)));
        return new FairnessByGroup(of.apply("jain_by_tenant"), of.apply("jain_by_priority"));
    }

    private static Cost cost(JsonNode json) {
        JsonNode cost = json.path("cost");
        var busy = new LinkedHashMap<String, Double>();
        json.path("engine_busy_seconds").properties().forEach(entry -> busy.put(entry.getKey(), entry.getValue().asDouble(0)));
        return new Cost(
                number(cost, "usd"),
                number(cost, "busy_usd"),
                busy,
                number(cost, "usd_per_1k_tokens"),
                number(cost, "busy_usd_per_1k_tokens"));
    }

    private static TokenTotals tokens(JsonNode json) {
        return new TokenTotals(
                json.path("input").asLong(0),
                json.path("output").asLong(0),
                json.path("cached_input").asLong(0),
                lengths(json.path("prompt_lengths"), longs(json.path("prompt_sources"))),
                lengths(json.path("output_lengths"), longs(json.path("output_sources"))));
    }

    private static LengthMatch lengths(JsonNode json, Map<String, Long> sources) {
        long compared = json.path("compared").asLong(0);
        return new LengthMatch(
                compared,
                sum(json, "asked_mean", compared),
                sum(json, "received_mean", compared),
                sum(json, "mismatch_mean", compared),
                json.path("mismatch_max").asLong(0),
                sum(json, "exact_share", compared),
                sources);
    }

    private static long sum(JsonNode json, String mean, long of) {
        return Math.round(json.path(mean).asDouble(0) * of);
    }

    private static Validity validity(JsonNode json) {
        Validity.Verdict verdict = text(json, "verdict").equals(Validity.Verdict.VALID.wireName())
                ? Validity.Verdict.VALID
                : Validity.Verdict.CLIENT_LIMITED;
        return new Validity(verdict, texts(json.path("reasons")), texts(json.path("notes")));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(text -> text.asString("")).toList();
    }

    private static Map<String, Long> longs(JsonNode json) {
        var longs = new LinkedHashMap<String, Long>();
        json.properties().forEach(entry -> longs.put(entry.getKey(), entry.getValue().asLong(0)));
        return longs;
    }

    private static Optional<LatencySummary> latency(JsonNode json) {
        if (!json.path("avg").isNumber()) {
            return Optional.empty();
        }
        double max = nanos(json, "max");
        return Optional.of(new LatencySummary(
                json.path("samples").asLong(1),
                !json.has("percentiles"),
                nanos(json, "avg"),
                nanos(json, "stddev"),
                nanos(json, "min"),
                nanos(json, "p50"),
                nanos(json, "p90"),
                nanos(json, "p95"),
                nanos(json, "p99"),
                json.path("p99_9").isNumber() ? nanos(json, "p99_9") : max,
                max));
    }

    /// The nanoseconds that are written as these milliseconds, so that what is printed again has the same digits.
    private static double nanos(JsonNode json, String name) {
        double millis = json.path(name).asDouble(0);
        double nanos = millis * NANOS_PER_MILLI;
        for (double near : new double[] {nanos, Math.nextUp(nanos), Math.nextDown(nanos)}) {
            if (near / NANOS_PER_MILLI == millis) {
                return near;
            }
        }
        return nanos;
    }

    private static OptionalDouble number(JsonNode json, String name) {
        return json.path(name).isNumber() ? OptionalDouble.of(json.path(name).asDouble()) : OptionalDouble.empty();
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }
}
