package io.sagebench.report.html;

import io.sagebench.report.view.Facts;
import io.sagebench.report.view.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// What was asked for and of whom, in short.
record Measured(Facts root) {
    List<String> lines() {
        var lines = new ArrayList<String>();
        Facts asked = root.at("config").isPresent() ? root.at("config") : root.at("parameters");
        load(asked).forEach(lines::add);
        root.text("target.description").ifPresent(what -> lines.add(where(what)));
        root.text("timestamp").or(() -> root.text("run.started_at")).ifPresent(when -> lines.add(moment(when)));
        return lines;
    }

    private static List<String> load(Facts asked) {
        var lines = new ArrayList<String>();
        asked.number("num_requests").ifPresent(count -> {
            OptionalDouble rate = asked.number("request_rate");
            lines.add(Say.number(count) + (count == 1 ? " request" : " requests")
                    + (rate.isPresent() ? " at " + Say.number(rate.getAsDouble()) + "/s" : "")
                    + asked.text("arrival_pattern").map(pattern -> ", " + pattern).orElse(""));
        });
        asked.number("repeats").ifPresent(repeats -> {
            if (repeats > 1) {
                lines.add(Say.number(repeats) + " repeats");
            }
        });
        asked.number("llm_ratio").ifPresent(share -> {
            if (asked.text("mode").orElse("hybrid").equals("hybrid")) {
                lines.add(Say.percent(share) + " prompts, the rest texts to embed");
            }
        });
        List<String> models = asked.at("model_distribution").names();
        if (!models.isEmpty() && !models.equals(List.of("default"))) {
            lines.add(Say.list(models));
        }
        return lines;
    }

    private String where(String what) {
        return switch (root.text("target.kind").orElse("")) {
            case "simulated" -> "simulated: " + what;
            case "embedded" -> "embedded control plane: " + what;
            default -> root.text("target.url").map(url -> url + " (" + what + ")").orElse(what);
        };
    }

    /// `2026-11-22T20:08:04.553Z` without its fractions: `2026-11-22 20:08 UTC`.
    private static String moment(String when) {
        return when.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*Z") ? when.substring(0, 10) + " " + when.substring(11, 16) + " UTC" : when;
    }
}
