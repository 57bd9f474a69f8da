package io.sagebench.live.dashboard;

import io.sagebench.metrics.recent.LatencyPercentiles;
import io.sagebench.metrics.recent.RecentPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A snapshot as JSON: times in milliseconds, `null` for what is not known, and the seconds of the recent past as one list for each figure.
public final class SnapshotJson {
    /// Over how many seconds the rates are taken.
    static final int RATE_SECONDS = 5;

    private SnapshotJson() {}

    /// What comes once, before the first snapshot.
    public static byte[] hello(PolicyColours colours) {
        var body = new LinkedHashMap<String, Object>();
        body.put("layout", 1);
        var byPolicy = new LinkedHashMap<String, Object>();
        colours.byPolicy().forEach((policy, colour) -> byPolicy.put(policy, Map.of("light", colour.light(), "dark", colour.dark())));
        body.put("colours", byPolicy);
        return JsonMapper.shared().writeValueAsBytes(body);
    }

    /// All of it, in one line.
    public static byte[] of(Snapshot snapshot) {
        return bytes(snapshot, snapshot.recent());
    }

    /// The same without the recent past.
    public static byte[] ofNow(Snapshot snapshot) {
        return bytes(snapshot, List.of());
    }

    private static byte[] bytes(Snapshot snapshot, List<RecentPoint> recent) {
        var body = new LinkedHashMap<String, Object>();
        body.put("kind", lower(snapshot.subject().kind()));
        body.put("title", snapshot.subject().title());
        body.put("target", snapshot.subject().target());
        body.put("virtual_time", snapshot.subject().virtual());
        body.put("state", lower(snapshot.status().state()));
        body.put("ended", snapshot.status().state().isLast());
        body.put("detail", snapshot.status().detail());
        body.put("policy", snapshot.status().policy());
        body.put("position", snapshot.status().position().map(SnapshotJson::position).orElse(null));
        body.put("now_ms", millis(snapshot.nowNanos()));
        body.put("counts", counts(snapshot.counts()));
        body.put("rates", Rates.of(snapshot.recent(), RATE_SECONDS).map(SnapshotJson::rates).orElse(null));
        RecentPoint latest = snapshot.recent().isEmpty() ? null : snapshot.recent().getLast();
        body.put("ttft_ms", latest == null ? null : latency(latest.ttft()));
        body.put("tpot_ms", latest == null ? null : latency(latest.tpot()));
        body.put("series", recent.isEmpty() ? null : series(recent));
        body.put("instances", snapshot.instances().stream().map(SnapshotJson::instance).toList());
        body.put("measured", snapshot.measured().stream().map(SnapshotJson::measured).toList());
        body.put("notes", snapshot.notes());
        return JsonMapper.shared().writeValueAsBytes(body);
    }

    private static Map<String, Object> position(Snapshot.Position position) {
        var json = new LinkedHashMap<String, Object>();
        json.put("point", position.point());
        json.put("points_ended", position.pointsEnded());
        json.put("points", position.points());
        json.put("turn", position.turn());
        json.put("turns", position.turns());
        json.put("repeat", position.repeat());
        json.put("repeats", position.repeats());
        json.put("ended", position.ended());
        json.put("requests", orNull(position.requests()));
        json.put("left_ms", position.leftNanos().isPresent() ? millis(position.leftNanos().getAsLong()) : null);
        return json;
    }

    private static Map<String, Object> counts(Snapshot.Counts counts) {
        var json = new LinkedHashMap<String, Object>();
        json.put("completed", counts.completed());
        json.put("met", orNull(counts.met()));
        json.put("errors", counts.errors());
        json.put("in_flight", orNull(counts.inFlight()));
        json.put("queued", orNull(counts.queued()));
        return json;
    }

    private static Map<String, Object> rates(Rates rates) {
        var json = new LinkedHashMap<String, Object>();
        json.put("requests_per_second", rates.completed());
        json.put("goodput_rps", rates.met());
        json.put("errors_per_second", rates.errors());
        json.put("output_tokens_per_second", rates.outputTokens());
        return json;
    }

    private static Map<String, Object> series(List<RecentPoint> recent) {
        var json = new LinkedHashMap<String, Object>();
        json.put("first_second", recent.getFirst().second());
        put(json, "policy", recent, RecentPoint::policy);
        put(json, "completed", recent, RecentPoint::completed);
        put(json, "met", recent, RecentPoint::met);
        put(json, "errors", recent, RecentPoint::errors);
        put(json, "output_tokens", recent, RecentPoint::outputTokens);
        percentiles(json, "ttft", recent, RecentPoint::ttft);
        percentiles(json, "tpot", recent, RecentPoint::tpot);
        put(json, "in_flight", recent, point -> orNull(point.inFlight()));
        put(json, "queued", recent, point -> orNull(point.queued()));
        return json;
    }

    private static void percentiles(
            Map<String, Object> json, String name, List<RecentPoint> recent, Function<RecentPoint, LatencyPercentiles> latency) {
        put(json, name + "_p50_ms", recent, point -> millis(latency.apply(point), LatencyPercentiles::p50Nanos));
        put(json, name + "_p95_ms", recent, point -> millis(latency.apply(point), LatencyPercentiles::p95Nanos));
        put(json, name + "_p99_ms", recent, point -> millis(latency.apply(point), LatencyPercentiles::p99Nanos));
    }

    private static void put(Map<String, Object> json, String name, List<RecentPoint> recent, Function<RecentPoint, @Nullable Object> figure) {
        var values = new @Nullable Object[recent.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = figure.apply(recent.get(i));
        }
        json.put(name, values);
    }

    private static Map<String, Object> instance(Snapshot.Instance instance) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", instance.id());
        json.put("state", instance.state());
        json.put("in_service", instance.inService());
        json.put("reason", instance.reason());
        json.put("running", orNull(instance.running()));
        json.put("completed", instance.completed());
        json.put("failed", instance.failed());
        json.put("ttft_ms", latency(instance.ttft()));
        return json;
    }

    private static Map<String, Object> measured(Snapshot.PolicyFigures figures) {
        var json = new LinkedHashMap<String, Object>();
        json.put("policy", figures.policy());
        json.put("where", figures.where());
        json.put("under_way", figures.underWay());
        json.put("counts", counts(figures.counts()));
        json.put("span_ms", millis(figures.spanNanos()));
        json.put("ttft_ms", latency(figures.ttft()));
        json.put("tpot_ms", latency(figures.tpot()));
        return json;
    }

    private static @Nullable Map<String, Object> latency(LatencyPercentiles latency) {
        if (!latency.isKnown()) {
            return null;
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("count", latency.count());
        json.put("p50", millis(latency.p50Nanos()));
        json.put("p95", millis(latency.p95Nanos()));
        json.put("p99", millis(latency.p99Nanos()));
        return json;
    }

    private static @Nullable Double millis(LatencyPercentiles latency, Function<LatencyPercentiles, Long> which) {
        return latency.isKnown() ? millis(which.apply(latency)) : null;
    }

    /// With as many digits as the bins have.
    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 1e2;
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
