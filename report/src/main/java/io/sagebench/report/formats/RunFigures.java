package io.sagebench.report.formats;

import io.sagebench.report.definitions.Distribution;
import io.sagebench.report.definitions.ToolDefinition;
import io.sagebench.report.definitions.ToolFigures;
import io.sagebench.report.definitions.Tools;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.results.StoredRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One policy's requests as one tool counts them, with what the layouts of all tools have in common.
final class RunFigures {
    private static final double MILLIS = 1e3;

    final ToolFigures figures;
    final String policy;
    final RequestDetails details = new RequestDetails();
    private final Map<Long, Integer> piecesBySecond = new HashMap<>();
    private final ArrayList<double[]> spans = new ArrayList<>();
    private final TreeSet<String> models = new TreeSet<>();
    private long met;
    private long total;
    private double latencySeconds;

    private RunFigures(String policy, ToolDefinition tool) {
        this.policy = policy;
        this.figures = new ToolFigures(tool);
    }

    static RunFigures of(ResultsFile file, String policy, String tool) throws Unusable {
        var run = new RunFigures(policy, Tools.named(tool).orElseThrow());
        file.requests(policy, run::take);
        return run;
    }

    private void take(StoredRequest request) {
        figures.take(request);
        details.take(request);
        total++;
        models.add(request.model());
        met += request.metSlo() ? 1 : 0;
        if (request.success()) {
            double sent = request.sent().orElse(request.intended()) / MILLIS;
            double ended = request.lastContent().orElse(request.ended()) / MILLIS;
            latencySeconds += ended - sent;
            spans.add(new double[] {sent, ended});
            request.content().forEach(at -> piecesBySecond.merge((long) Math.floor(at / MILLIS), 1, Integer::sum));
        }
    }

    long total() {
        return total;
    }

    String model() {
        return models.size() == 1 ? models.first() : String.join("+", models);
    }

    double perSecond(double count) {
        return count / figures.figures().windowSeconds();
    }

    /// Requests that met their service level, per second; null where none was promised anything.
    @Nullable Double goodput(ResultsFile file) {
        boolean promised = file.tree().path("config").path("slo_config").size() > 0;
        return promised ? finite(perSecond((double) met)) : null;
    }

    /// The busiest second, in pieces of answers.
    int mostPiecesPerSecond() {
        return piecesBySecond.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /// The most requests between send and end at once.
    int mostAtOnce() {
        double[] begins = spans.stream().mapToDouble(span -> span[0]).sorted().toArray();
        double[] ends = spans.stream().mapToDouble(span -> span[1]).sorted().toArray();
        int most = 0;
        int ended = 0;
        for (int i = 0; i < begins.length; i++) {
            while (ended < ends.length && ends[ended] <= begins[i]) {
                ended++;
            }
            most = Math.max(most, i + 1 - ended);
        }
        return most;
    }

    /// Mean number of requests in flight, as latencies over the window.
    double concurrency() {
        return perSecond(latencySeconds);
    }

    /// `{mean,median,std,p..}_NAME_ms` of a figure; 0 without samples, as these tools write.
    void summary(ObjectNode json, String figure, String name, int... percentiles) {
        Optional<Distribution> known = figures.figures().of(figure);
        json.put("mean_" + name + "_ms", known.map(d -> d.mean() * MILLIS).orElse(0.0));
        json.put("median_" + name + "_ms", known.map(d -> figures.tool().percentile(d, 50) * MILLIS).orElse(0.0));
        json.put("std_" + name + "_ms", known.map(d -> d.stddev() * MILLIS).orElse(0.0));
        for (int percentile : Arrays.stream(percentiles).sorted().toArray()) {
            json.put(
                    "p" + percentile + "_" + name + "_ms",
                    known.map(d -> figures.tool().percentile(d, percentile) * MILLIS).orElse(0.0));
        }
    }

    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
