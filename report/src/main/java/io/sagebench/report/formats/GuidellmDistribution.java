package io.sagebench.report.formats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One of GuideLLM's distributions: successful, incomplete and errored requests apart, and together. Percentiles are the smallest value whose
/// cumulative weight reaches them.
final class GuidellmDistribution {
    private static final String[] NAMES = {"p001", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "p999"};
    private static final double[] SHARES = {0.001, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 0.999};

    private record Sample(double value, double weight) {}

    private final List<Sample> successful = new ArrayList<>();
    private final List<Sample> errored = new ArrayList<>();

    void add(boolean good, double value, double weight) {
        (good ? successful : errored).add(new Sample(value, weight));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("successful", of(successful));
        json.set("incomplete", of(List.of()));
        json.set("errored", of(errored));
        var all = new ArrayList<>(successful);
        all.addAll(errored);
        json.set("total", of(all));
        return json;
    }

    private static ObjectNode of(List<Sample> samples) {
        var sorted = new ArrayList<>(samples);
        sorted.sort(Comparator.comparingDouble(Sample::value));
        double weight = samples.stream().mapToDouble(Sample::weight).sum();
        double sum = samples.stream().mapToDouble(sample -> sample.value() * sample.weight()).sum();
        double mean = weight == 0 ? 0 : sum / weight;
        double variance = weight == 0
                ? 0
                : samples.stream().mapToDouble(sample -> (sample.value() - mean) * (sample.value() - mean) * sample.weight()).sum() / weight;
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("mean", mean)
                .put("median", at(sorted, 0.5, weight))
                .put("mode", mode(sorted))
                .put("variance", variance)
                .put("std_dev", Math.sqrt(variance))
                .put("min", sorted.isEmpty() ? 0 : Collections.min(sorted, Comparator.comparingDouble(Sample::value)).value())
                .put("max", sorted.isEmpty() ? 0 : sorted.getLast().value())
                .put("count", samples.size())
                .put("total_sum", sum);
        ObjectNode percentiles = json.putObject("percentiles");
        for (int i = 0; i < NAMES.length; i++) {
            percentiles.put(NAMES[i], at(sorted, SHARES[i], weight));
        }
        return json.putNull("pdf");
    }

    private static double at(List<Sample> sorted, double share, double weight) {
        double below = 0;
        for (Sample sample : sorted) {
            below += sample.weight();
            if (below >= share * weight * (1 - 1e-12)) {
                return sample.value();
            }
        }
        return sorted.isEmpty() ? 0 : sorted.getLast().value();
    }

    /// The value with the most weight, the smallest of several.
    private static double mode(List<Sample> sorted) {
        double mode = 0;
        double most = 0;
        for (int i = 0; i < sorted.size(); ) {
            double weight = 0;
            int j = i;
            while (j < sorted.size() && sorted.get(j).value() == sorted.get(i).value()) {
                weight += sorted.get(j++).weight();
            }
            if (weight > most) {
                most = weight;
                mode = sorted.get(i).value();
            }
            i = j;
        }
        return mode;
    }
}
