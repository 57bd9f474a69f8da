package io.sagebench.report.diff;

import io.sagebench.metrics.Finding;
import io.sagebench.metrics.Finding.Judgement;
import io.sagebench.metrics.Headline.Kind;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A comparison of two files as JSON.
public final class DiffJson {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DiffJson() {}

    /// The whole document, indented.
    public static String text(ResultsDiff diff) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode policies = json.putObject("policies");
        for (PolicyDiff policy : diff.policies()) {
            ObjectNode one = policies.putObject(policy.after());
            one.put("before", policy.before()).put("after", policy.after()).put("paired", policy.paired());
            ObjectNode figures = one.putObject("figures");
            policy.findings().forEach(finding -> figures.set(finding.figure().wireName(), finding(finding, diff.gates())));
        }
        json.put("regressions", diff.regressions().values().stream().mapToInt(List::size).sum());
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    /// One figure: latencies in milliseconds, changes as shares.
    public static ObjectNode finding(Finding finding) {
        double unit = finding.figure().kind() == Kind.MEAN || finding.figure().kind() == Kind.PERCENTILE ? NANOS_PER_MILLI : 1;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("before", scaled(finding.before(), unit))
                .put("after", scaled(finding.after(), unit))
                .put("change", scaled(finding.change(), 1))
                .put("verdict", finding.verdict().wireName());
        switch (finding.judgement()) {
            case Judgement.Tested(var interval, double pValue, OptionalDouble rank, double detectable, double blocks) ->
                json.put("low", interval.low())
                        .put("high", interval.high())
                        .put("p_value", pValue)
                        .put("rank_test_p_value", scaled(rank, 1))
                        .put("detectable_change", detectable == 0 ? null : (Double) detectable)
                        .put("effective_blocks", blocks);
            case Judgement.NotTested(String why) -> json.put("why", why);
        }
        return json;
    }

    private static ObjectNode finding(Finding finding, Gates gates) {
        ObjectNode json = finding(finding);
        if (gates.limits().containsKey(finding.figure())) {
            json.put("max_regression", gates.limits().get(finding.figure()));
        }
        return json.put("regression", gates.isMissedBy(finding));
    }

    private static @Nullable Double scaled(OptionalDouble value, double unit) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() / unit : null;
    }
}
