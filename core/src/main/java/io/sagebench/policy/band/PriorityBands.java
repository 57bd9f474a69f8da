package io.sagebench.policy.band;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.queue.TenantFairness;
import java.util.Comparator;
import java.util.List;

/// Makes `priority`.
public final class PriorityBands implements PolicyFactory {
    @Override
    public String name() {
        return "priority";
    }

    @Override
    public String rule() {
        return "strict priority bands with aging; least predicted TTFT chooses the engine";
    }

    @Override
    public String explanation() {
        return """
                Order   band (CRITICAL, HIGH, NORMAL, LOW, BACKGROUND), then arrival. A request
                        rises one band for each aging_ms it waits; CRITICAL is never overtaken
                        by a risen request. With fairness = vtc, within a band the tenant that
                        has had the least service first (see vtc), then arrival.
                Engine  least predicted time to first token. Engines that run CRITICAL work
                        keep headroom_critical of their KV cache free of lower bands (after
                        Llumnix, OSDI 2024).
                Preempt off by default; when on, BACKGROUND, then LOW requests that have sent
                        no token yet are taken back for more urgent ones, newest first.
                Full    the newest request of the lowest band gives way to an arrival that
                        outranks it.
                Cost    O(log n) a decision for n waiting, plus one look at each engine.
                Needs   priorities that mean something.
                Wins    when urgent requests must be quick and the others can wait.
                Loses   overall attainment: it ignores deadlines, and serves a doomed urgent
                        request first.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                new PolicyParameter(
                        "aging_ms", "wait for each band a request rises, in ms; 0 for never", "10000",
                        new Kind.Numeric(0, 1e12)),
                new PolicyParameter(
                        "headroom_critical", "share of KV cache kept for CRITICAL work", "0.15", new Kind.Numeric(0, 1)),
                new PolicyParameter(
                        "preemption", "take back unanswered BACKGROUND and LOW work", "off",
                        new Kind.OneOf(List.of("off", "on"))),
                TenantFairness.PARAMETER);
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new PriorityPolicy(
                Math.round(values.number("aging_ms") * 1e6),
                values.number("headroom_critical"),
                values.word("preemption").equals("on"),
                rank -> TenantFairness.queue(values, rank, Comparator.comparingLong(Waiting::sequence)));
    }
}
