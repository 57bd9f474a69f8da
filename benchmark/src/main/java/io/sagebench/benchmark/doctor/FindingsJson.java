package io.sagebench.benchmark.doctor;

import io.sagebench.benchmark.doctor.Finding.Level;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Findings as JSON, for programs.
public final class FindingsJson {
    private FindingsJson() {}

    /// An object with `ok`, false when any check failed, and `checks`.
    public static String text(List<Finding> findings) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("ok", findings.stream().noneMatch(finding -> finding.level() == Level.FAIL));
        var checks = json.putArray("checks");
        for (Finding finding : findings) {
            checks.addObject()
                    .put("check", finding.what())
                    .put("level", finding.level().wireName())
                    .put("found", finding.found())
                    .put("todo", finding.todo().isEmpty() ? null : finding.todo());
        }
        return json.toPrettyString();
    }
}
