package io.sagebench.report.engine.rank;

import io.sagebench.report.engine.EngineMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// A ranking as one page of HTML that needs nothing else and may load nothing else.
public final class RankingHtml {
    private static final String POLICY =
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">";
    private static final String STYLE = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24;background:#fff}"
            + "table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}"
            + "th,td{border:1px solid #d0d7de;padding:.3rem .7rem;text-align:right;white-space:nowrap}"
            + "th:first-child,td:first-child{text-align:left}thead th{background:#f6f8fa}"
                        + "@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}thead th{background:#161b22}th,td{border-color:#30363d}}"
            + "td.text{text-align:left}th button{all:unset;cursor:pointer}th button:focus-visible{outline:2px solid}"
            + "th[aria-sort=ascending] button::after{content:' \\2191'}th[aria-sort=descending] button::after{content:' \\2193'}";
    /// Sorts a table by the column that is clicked, what is not known last. Places stay those of the ranking.
    private static final String SCRIPT = """
            for (const button of document.querySelectorAll('th button')) button.addEventListener('click', () => {
              const head = button.parentElement, table = head.closest('table'), body = table.tBodies[0], column = head.cellIndex;
              const up = head.getAttribute('aria-sort') !== 'ascending', text = head.dataset.text !== undefined;
              for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
              head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
              const value = row => row.cells[column].dataset.v;
              [...body.rows].sort((a, b) => {
                const x = value(a), y = value(b);
                if (x === '' || y === '') return (x === '') - (y === '');
                const less = text ? (x < y ? -1 : x > y ? 1 : 0) : x - y;
                return up ? less : -less;
              }).forEach(row => body.append(row));
            });
            """;
    private static final List<String> TEXTS = List.of("Run", "Model", "Backend");
    private static final List<String> NUMBERS = List.of(
            "Requests", "Errors", "Prompt tokens", "Output tokens", "TTFT (ms)", "TTFT p99 (ms)", "TBT (ms)", "Latency p99 (ms)", "Output (tokens/s)",
            "Requests/s");

    private final String title;
    private final Ranking ranking;
    private final StringBuilder page = new StringBuilder();

    private RankingHtml(String title, Ranking ranking) {
        this.title = title;
        this.ranking = ranking;
    }

    /// The page.
    public static String text(String title, Ranking ranking) {
        return new RankingHtml(title, ranking).text();
    }

    private String text() {
        line("<!DOCTYPE html>");
        line("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">" + POLICY);
        line("<title>" + escaped(title) + "</title><style>" + STYLE + "</style></head><body>");
        line("<h1>" + escaped(title) + "</h1>");
        line("<p>Ranked by " + ranking.by().field().key() + " (" + ranking.by().field().meaning() + "): "
                + (ranking.by().isLowerBetter() ? "less" : "more")
                + " is better. Runs are ranked against those of the same workload only; one that failed or lacks the figure has no rank."
                + " Whether they used the same machine, lengths and settings is for the reader to see.</p>");
        ranking.workloads().forEach(this::table);
        line("<script>\n" + SCRIPT + "</script></body></html>");
        return page.toString();
    }

    private void table(String workload, List<Ranking.Place> places) {
        line("<h2>" + escaped(workload) + "</h2>");
        page.append("<table><thead><tr>");
        head("Rank", "");
        TEXTS.forEach(name -> head(name, " data-text"));
        NUMBERS.forEach(name -> head(name, ""));
        head("Note", " data-text");
        line("</tr></thead><tbody>");
        places.forEach(this::row);
        line("</tbody></table>");
    }

    private void head(String name, String how) {
        page.append("<th scope=\"col\"").append(how).append("><button type=\"button\">").append(name).append("</button></th>");
    }

    private void row(Ranking.Place place) {
        MeasuredRun run = place.run();
        EngineMetrics metrics = run.metrics();
        page.append("<tr>");
        number(place.rank().isPresent() ? OptionalDouble.of(place.rank().getAsInt()) : OptionalDouble.empty(), 0);
        words(run.label());
        words(run.model().orElse(""));
        words(run.backend().orElse("") + (run.simulated() ? " (simulated)" : ""));
        number(metrics.value("total_requests"), 0);
        number(metrics.value("failed_requests"), 0);
        number(each(metrics, "total_input_tokens"), 1);
        number(each(metrics, "total_output_tokens"), 1);
        for (String figure : List.of("avg_ttft_ms", "p99_ttft_ms", "avg_tbt_ms", "p99_e2el_ms", "output_throughput_tps", "request_throughput_rps")) {
            number(metrics.value(figure), 2);
        }
        words(note(run).orElse(""));
        line("</tr>");
    }

    private Optional<String> note(MeasuredRun run) {
        return run.unranked(ranking.by()).map(why -> "no rank: " + why);
    }

    /// For each request that succeeded.
    private static OptionalDouble each(EngineMetrics metrics, String total) {
        long successes = metrics.count("successful_requests");
        OptionalDouble tokens = metrics.value(total);
        return successes == 0 || tokens.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(tokens.getAsDouble() / successes);
    }

    private void words(String text) {
        String shown = escaped(text.strip());
        page.append("<td class=\"text\" data-v=\"").append(shown).append("\">").append(shown.isEmpty() ? "-" : shown).append("</td>");
    }

    private void number(OptionalDouble value, int decimals) {
        boolean known = value.isPresent() && Double.isFinite(value.getAsDouble());
        page.append("<td data-v=\"").append(known ? Double.toString(value.getAsDouble()) : "").append("\">")
                .append(known ? String.format(Locale.ROOT, "%." + decimals + "f", value.getAsDouble()) : "-").append("</td>");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /// Text as it may stand in a page, within quotes too.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
