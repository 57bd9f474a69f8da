package io.sagebench.report.engine;

import io.sagebench.report.csv.CsvCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A summary as CSV: a line for each workload, a column for each field; empty where it is not known.
public final class EngineCsv {
    private EngineCsv() {}

    /// The text, with line ends as RFC 4180 has them.
    public static String text(EngineSummary summary) {
        var text = new StringBuilder();
        var header = new ArrayList<String>(List.of("workload"));
        EngineFields.all().forEach(field -> header.add(field.key()));
        line(text, header);
        for (Map.Entry<String, EngineMetrics> workload : summary.workloads().entrySet()) {
            var cells = new ArrayList<String>(List.of(workload.getKey()));
            for (EngineField field : EngineFields.all()) {
                cells.add(EngineJson.number(field, workload.getValue().value(field.key()).orElse(Double.NaN)));
            }
            line(text, cells);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(String.join(",", cells.stream().map(CsvCell::of).toList())).append("\r\n");
    }
}
