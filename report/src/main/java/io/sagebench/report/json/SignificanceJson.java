package io.sagebench.report.json;

import io.sagebench.report.Significance;
import io.sagebench.report.diff.DiffJson;
import tools.jackson.databind.node.ObjectNode;

/// Whether the best policy is best by more than chance: `before` is the best one, `after` each other.
final class SignificanceJson {
    private SignificanceJson() {}

    static ObjectNode of(Significance significance) {
        ObjectNode json = Json.object().put("best", significance.best()).put("significant", significance.stands());
        ObjectNode others = json.putObject("against");
        significance.others().forEach((policy, finding) -> others.set(policy, DiffJson.finding(finding)));
        return json;
    }
}
