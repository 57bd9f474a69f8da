package io.sagebench.report.engine;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A summary as one page of HTML that needs nothing else.
public final class EngineHtml {
    /// How such pages look.
    public static final String STYLE = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24;background:#fff}"
            + "table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}"
            + "th,td{border:1px solid #d0d7de;padding:.3rem .7rem;text-align:right;white-space:nowrap}"
            + "th:first-child,td:first-child{text-align:left}thead th{background:#f6f8fa}"
            + "dt{font-weight:600;float:left;clear:left;width:9rem}dd{margin-left:9.5rem}.note{color:#7d4e00}"
            + "@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}thead th{background:#161b22}th,td{border-color:#30363d}.note{color:#e3b341}}";

    private final EngineSummary summary;
    private final StringBuilder page = new StringBuilder();

    private EngineHtml(EngineSummary summary) {
        this.summary = summary;
    }

    /// The page.
    public static String text(EngineSummary summary) {
        return new EngineHtml(summary).text();
    }

    private String text() {
        line("<!DOCTYPE html>");
        line("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        line("<title>Engine benchmark</title><style>" + STYLE + "</style></head><body>");
        line("<h1>Benchmark Results</h1>");
        line("<dl>");
        summary.run().ifPresent(run -> run.facts().forEach((name, value) -> {
            if (!(value instanceof JsonNode node) || node.isValueNode()) {
                fact(name, value instanceof JsonNode node ? node.asString() : String.valueOf(value));
            }
        }));
        fact("total requests", Long.toString(summary.totalRequests()));
        fact("successful", Long.toString(summary.successfulRequests()));
        fact("failed", Long.toString(summary.failedRequests()));
        line("</dl>");
        table();
        notes();
        line("</body></html>");
        return page.toString();
    }

    private void fact(String name, String value) {
        line("<dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd>");
    }

    private void table() {
        line("<table><thead><tr><th>Field</th>");
        summary.workloads().keySet().forEach(name -> line("<th>" + escaped(name) + "</th>"));
        line("<th>Unit</th></tr></thead><tbody>");
        for (EngineField field : EngineFields.all()) {
            if (field.aliasOf().isEmpty()) {
                page.append("<tr><td title=\"").append(escaped(field.meaning())).append("\">").append(escaped(field.key())).append("</td>");
                summary.workloads().values().forEach(metrics -> page.append("<td>").append(EngineFigure.of(metrics, field)).append("</td>"));
                line("<td>" + (field.unit() == EngineField.Unit.SHARE ? "" : escaped(field.unit().text())) + "</td></tr>");
            }
        }
        line("</tbody></table>");
    }

    private void notes() {
        summary.run().ifPresent(run -> run.notes().forEach(note -> line("<p class=\"note\">" + escaped(note) + "</p>")));
        for (Map.Entry<String, EngineMetrics> workload : summary.workloads().entrySet()) {
            workload.getValue().notes().forEach(note -> line("<p class=\"note\">" + escaped(workload.getKey() + ": " + note) + "</p>"));
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /// Text as it may stand in a page, within quotes too.
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
