package io.sagebench.live.server.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sagebench.controlplane.BreakerState;
import io.sagebench.controlplane.ControlPlaneMetrics;
import io.sagebench.controlplane.EngineState;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.controlplane.GroupMetrics;
import io.sagebench.controlplane.RequestGroup;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.metrics.LatencySummary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The body of a control plane's `GET /metrics`. Names begin with `sagebench_`; times are in seconds. The number of series is bounded: groups of
/// requests are those of the books, which join what is beyond a number.
public final class ControlPlanePage {
    private static final double NANOS_PER_SECOND = 1e9;

    /// All that is on it, at a moment.
    ///
    /// @param nowNanos on the timeline
    public record Facts(
            ControlPlaneMetrics metrics, List<GroupMetrics> groups, List<Instance> instances, long nowNanos) {
        public Facts {
            groups = List.copyOf(groups);
            instances = List.copyOf(instances);
        }
    }

    /// An engine and what it last said of its load.
    public record Instance(EngineStatus status, Optional<ReportedLoad> reported) {}

    private ControlPlanePage() {}

    /// The page. Safe for use by any thread.
    public static MetricsPage of(Facts facts) {
        var families = Families.ofControlPlane();
        addRequests(families, facts.metrics());
        addScheduling(families, facts.metrics());
        addGroups(families, facts.groups());
        addInstances(families, facts.instances());
        addReports(families, facts);
        return new MetricsPage(new MetricSnapshots(families.all()));
    }

    private static void addRequests(Families to, ControlPlaneMetrics metrics) {
        ControlPlaneMetrics.Conservation counts = metrics.counts();
        to.counter("requests_admitted", "Requests taken in.").add(counts.admitted());
        var ended = to.counter("requests", "Requests that ended, by how.");
        ended.add(counts.completed(), "outcome", "completed");
        ended.add(counts.failed(), "outcome", "failed");
        ended.add(counts.cancelled(), "outcome", "cancelled");
        ended.add(counts.invalid(), "outcome", "invalid");
        ended.add(counts.refusedAtOnce(), "outcome", "refused_at_once");
        ended.add(counts.refusedLater(), "outcome", "refused_later");
        to.gauge("requests_queued", "Requests that wait.").add((double) counts.queued());
        to.gauge("requests_running", "Requests on engines.").add((double) counts.running());
        to.counter("retries", "Further tries of requests that their engines failed.").add(metrics.activity().retries());
    }

    private static void addScheduling(Families to, ControlPlaneMetrics metrics) {
        var saturation = to.gauge("saturation_ratio", "How full the engines are; 1 is as full as they should get. Absent when none is in service.");
        metrics.saturation().ifPresent(saturation::add);
        to.counter("breaker_openings", "How often an engine was no longer trusted.").add(metrics.activity().breakerOpenings());
        to.counter("policy_switches", "How often another policy was put in force.").add(metrics.activity().policySwitches());
        to.gauge("policy_info", "The policy in force.").add(1, "policy", metrics.policy());
        to.gauge("policy_epoch", "Counts the policies put in force.").add((double) metrics.epoch());
        var figures = to.gauge("policy_figure", "What the policy in force computes.");
        metrics.figures().forEach((name, value) -> figures.add(value, "figure", name));
        var decisions = to.summary("decision_seconds", "Time of one decision of the policy in force.");
        metrics.decision().ifPresent(summary -> decisions.add(summary, "policy", metrics.policy()));
    }

    private static void addGroups(Families to, List<GroupMetrics> groups) {
        var ended = to.counter("group_requests", "Requests that ended, by group and how.");
        var met = to.counter("group_slo_met", "Of these but the invalid, those that kept what they were promised.");
        var retries = to.counter("group_retries", "Further tries after failures, by group.");
        for (GroupMetrics group : groups) {
            ended.add(group.completed(), labels(group.group(), "outcome", "completed"));
            ended.add(group.failed(), labels(group.group(), "outcome", "failed"));
            ended.add(group.cancelled(), labels(group.group(), "outcome", "cancelled"));
            ended.add(group.refused(), labels(group.group(), "outcome", "refused"));
            ended.add(group.invalid(), labels(group.group(), "outcome", "invalid"));
            met.add(group.sloMet(), labels(group.group()));
            retries.add(group.retries(), labels(group.group()));
        }
        addLatency(to, groups, "queue_wait_seconds", "Arrival to dispatch.", GroupMetrics::queueWait);
        addLatency(to, groups, "time_to_first_token_seconds", "Arrival to first token.", GroupMetrics::ttft);
        addLatency(to, groups, "time_per_output_token_seconds", "Mean gap between the tokens of an answer.", GroupMetrics::tpot);
        addLatency(to, groups, "e2e_request_latency_seconds", "Arrival to end, of requests completed.", GroupMetrics::endToEnd);
    }

    private static void addLatency(
            Families to,
            List<GroupMetrics> groups,
            String name,
            String help,
            Function<GroupMetrics, Optional<LatencySummary>> which) {
        var latency = to.summary(name, help);
        groups.forEach(group -> which.apply(group).ifPresent(summary -> latency.add(summary, labels(group.group()))));
    }

    private static String[] labels(RequestGroup group, String... more) {
        String[] own = {
            "policy", group.policy(), "model", group.model(), "type", group.type().wireName(),
            "priority", group.priority().name(), "tenant", group.tenant()
        };
        var all = new String[own.length + more.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(more, 0, all, own.length, more.length);
        return all;
    }

    private static void addInstances(Families to, List<Instance> instances) {
        var running = to.gauge("instance_requests_running", "Requests on an engine.");
        var inService = to.gauge("instance_in_service", "Whether an engine gets requests.");
        var state = to.gauge("instance_state", "1 for the state an engine is in.");
        var breaker = to.gauge("instance_breaker", "1 for the state of an engine's circuit breaker.");
        var prefill = to.gauge("instance_prefill_tokens_outstanding", "Prompt tokens on an engine without a first token yet.");
        var decode = to.gauge("instance_decode_tokens_outstanding", "Output tokens predicted for an engine that have not come.");
        var kv = to.gauge("instance_kv_tokens_reserved", "KV cache tokens that the requests on an engine will hold.");
        var dispatched = to.counter("instance_requests_dispatched", "Requests sent to an engine.");
        var ended = to.counter("instance_requests", "Requests that ended on an engine.");
        for (Instance each : instances) {
            EngineStatus status = each.status();
            String id = status.description().id().value();
            running.add(status.running(), "instance_id", id);
            inService.add(status.health().inService() ? 1 : 0, "instance_id", id);
            for (EngineState one : EngineState.values()) {
                state.add(one == status.health().state() ? 1 : 0, "instance_id", id, "state", wireName(one));
            }
            for (BreakerState one : BreakerState.values()) {
                breaker.add(one == status.health().breaker() ? 1 : 0, "instance_id", id, "breaker", wireName(one));
            }
            prefill.add((double) status.prefillTokensOutstanding(), "instance_id", id);
            decode.add((double) status.decodeTokensOutstanding(), "instance_id", id);
            kv.add((double) status.kvTokensReserved(), "instance_id", id);
            dispatched.add(status.dispatched(), "instance_id", id);
            ended.add(status.completed(), "instance_id", id, "outcome", "completed");
            ended.add(status.failed(), "instance_id", id, "outcome", "failed");
        }
    }

    private static void addReports(Families to, Facts facts) {
        var age = to.gauge("instance_report_age_seconds", "How long ago an engine said what follows.");
        var running = to.gauge("instance_reported_running", "Requests an engine says it works on.");
        var waiting = to.gauge("instance_reported_waiting", "Requests an engine says wait in it.");
        var kv = to.gauge("instance_reported_kv_usage_ratio", "Share of its KV cache an engine says is in use.");
        for (Instance each : facts.instances()) {
            String id = each.status().description().id().value();
            each.reported().ifPresent(load -> {
                age.add((facts.nowNanos() - load.sampledAtNanos()) / NANOS_PER_SECOND, "instance_id", id);
                load.running().ifPresent(value -> running.add((double) value, "instance_id", id));
                load.waiting().ifPresent(value -> waiting.add((double) value, "instance_id", id));
                load.kvUsage().ifPresent(value -> kv.add(value, "instance_id", id));
            });
        }
    }

    private static String wireName(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
