package io.sagebench.report.view;

import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.view.Verdict.Said;
import java.util.ArrayList;
import java.util.List;

/// What one engine did, or several beside each other.
final class EngineVerdict {
    private EngineVerdict() {}

    static Said of(ResultsView view) {
        return view.engine().map(summary -> said(view, summary)).orElse(new Said("The file holds no workload that can be read.", List.of()));
    }

    private static Said said(ResultsView view, EngineSummary summary) {
        String engine = view.root().text("run.model").map(model -> model + " on " + view.root().text("run.backend").orElse("an engine"))
                .or(() -> view.root().text("run.backend"))
                .orElse("The engine");
        var why = new ArrayList<String>();
        Facts workloads = view.root().at("workloads");
        summary.workloads().forEach((name, metrics) -> {
            Facts figures = workloads.named(name);
            why.add(name + ": " + Say.number(figures.number("output_throughput_tps")) + " output tokens/s, TTFT p95 "
                    + Say.millis(figures.number("p95_ttft_ms")) + ", TPOT " + Say.millis(figures.number("avg_tpot_ms")) + ".");
        });
        return new Said(
                engine + " completed " + summary.successfulRequests() + " of " + summary.totalRequests() + " requests of " + summary.workloads().size()
                        + (summary.workloads().size() == 1 ? " workload." : " workloads."),
                why);
    }

    static Said ofComparison(ResultsView view) {
        var targets = view.root().at("targets").each().stream()
                .flatMap(target -> target.text("label").or(() -> target.text("name")).stream())
                .toList();
        return new Said("Engines side by side: " + Say.list(targets) + ".", view.root().texts("notes"));
    }
}
