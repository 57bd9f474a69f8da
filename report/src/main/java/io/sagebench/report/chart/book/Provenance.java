package io.sagebench.report.chart.book;

import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where figures come from, in a sentence under each chart: a picture that is passed on still says what was measured, and whether it was simulated.
public final class Provenance {
    private Provenance() {}

    /// As far as the file says it.
    public static String line(ResultsView view) {
        Facts root = view.root();
        var parts = new ArrayList<String>();
        if (view.simulated()) {
            parts.add("Simulated, in virtual time");
        } else {
            kind(root.text("target.kind").orElse("")).ifPresent(parts::add);
        }
        root.text("target.url").ifPresent(parts::add);
        root.text("target.description").ifPresent(parts::add);
        root.text("run.engine").ifPresent(parts::add); // of engine runs
        root.text("run.model").ifPresent(parts::add);
        List<String> limited = view.policies().stream()
                .filter(policy -> policy.metrics().text("validity.verdict").orElse("").equals("client_limited"))
                .map(PolicyView::name)
                .toList();
        if (!limited.isEmpty()) {
            parts.add("LIMITED BY THE LOAD GENERATOR: " + limited.stream().collect(Collectors.joining(", ")));
        }
        root.text("run.id").or(() -> root.text("run.run_id")).ifPresent(id -> parts.add("run " + id));
        root.text("tool.version").ifPresent(version -> parts.add(root.text("tool.name").orElse("sage-bench") + " " + version));
        return String.join(" · ", parts);
    }

    /// The policies of any kind of file, for the colours of its charts.
    public static List<String> policies(ResultsView view) {
        var names = new ArrayList<String>();
        view.policies().forEach(policy -> names.add(policy.name()));
        names.addAll(view.rates().keySet());
        if (view.kind() == ResultsView.Kind.EXPERIMENT) {
            names.addAll(view.root().at("summary.policies").names());
        }
        return names.stream().distinct().toList();
    }

    private static Optional<String> kind(String kind) {
        return switch (kind) {
            case "embedded" -> Optional.of("Embedded control plane with simulated engines");
            case "http", "engine" -> Optional.of("Measured");
            default -> Optional.empty();
        };
    }
}
