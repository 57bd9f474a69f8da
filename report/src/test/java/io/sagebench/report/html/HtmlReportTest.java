package io.sagebench.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.report.chart.book.ChartBook;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.ViewFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern DATA = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final String SIGNIFICANT = "\"significance\": {\"attainment\": {\"best\": \"a\", \"against\": {\"b\": {\"verdict\": \"worse\"}}}}";
    private static final String EVIL = "</script><script>alert(1)</script>\u2028'\"";

    @TempDir
    private Path folder = Path.of("");

    private String page(String results) {
        return report(results).text();
    }

    private HtmlReport report(String results) {
        ResultsView view = ViewFiles.of(folder, results);
        return HtmlReport.of(view, ChartBook.of(view));
    }

    private static JsonNode data(String page) {
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        return JsonMapper.builder().build().readTree(data.group(1));
    }

    /// The page without what it brings along: what its own templates made of the results.
    private static String body(String page) {
        return page.replaceAll("(?s)<style>.*?</style>", "").replaceAll("(?s)<script.*?</script>", "").replace('\u00A0', ' ');
    }

    @Test
    void answersFirst() {
        String body = body(page(ViewFiles.comparison(SIGNIFICANT)));
        assertThat(body).contains("At 20 requests/s, a keeps the most promises: 90.0 % of all requests met their SLO.", "Simulated", "c was not run");
        assertThat(body.indexOf("class=\"verdict\"")).isLessThan(body.indexOf("<table"));
    }

    @Test
    void asksNothingOfANetwork() {
        String body = body(page(ViewFiles.comparison(SIGNIFICANT)));
        assertThat(body).doesNotContain(" src=", "<link", "url(", "@import", "<iframe", "<form").contains("default-src &#39;none&#39;");
        assertThat(Pattern.compile("href=\"(?!#)").matcher(body).find()).isFalse();
    }

    @Test
    void allowsItsOwnScriptsOnly() throws Exception {
        String page = page(ViewFiles.comparison(SIGNIFICANT));
        var scripts = new ArrayList<String>();
        for (Matcher script = SCRIPT.matcher(page); script.find(); ) {
            scripts.add(script.group(1));
        }
        assertThat(scripts).hasSize(3);
        for (String script : scripts) {
            String hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8)));
            assertThat(page.substring(0, page.indexOf("<style>"))).contains("sha256-" + hash);
        }
        assertThat(page.substring(0, page.indexOf("<style>"))).doesNotContain("script-src &#39;unsafe-inline");
    }

    @Test
    void showsNamesAsText() {
        String evil = JsonMapper.builder().build().writeValueAsString(EVIL);
        String page = page(ViewFiles.comparison(SIGNIFICANT).replace("\"a\"", evil).replace("\"HIGH\"", evil).replace("\"sage-bench compare --simulate\"", evil));
        assertThat(Pattern.compile("<script").matcher(page).results().count()).isEqualTo(4);
        assertThat(body(page)).contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(page).doesNotContain("<script>alert");
        assertThat(data(page).path("policies").get(0).path("name").asString()).isEqualTo(EVIL);
        assertThat(data(page).path("requests").get(0).path("policy").asString()).isEqualTo(EVIL);
    }

    @Test
    void marksTheBestByWhatIsKnownOfChance() {
        assertThat(body(page(ViewFiles.comparison(SIGNIFICANT)))).contains("<td class=\"number best\" data-sort=\"0.9\"", "more than chance");
        String told = body(page(ViewFiles.comparison(SIGNIFICANT.replace("worse", "no_difference_found"))));
        assertThat(told).contains("<td class=\"number leading\" data-sort=\"0.9\"", "<td class=\"number tied\" data-sort=\"0.6\"", "not told apart from b");
        assertThat(body(page(ViewFiles.comparison("")))).contains("was not tested").doesNotContain("number best", "number worst");
    }

    @Test
    void carriesTheSlowestAndTheFailedRequests() {
        JsonNode requests = data(page(ViewFiles.comparison(""))).path("requests");
        assertThat(requests.size()).isEqualTo(1); // b has none
        List<String> fields = new ArrayList<>();
        requests.get(0).path("fields").forEach(field -> fields.add(field.asString()));
        JsonNode slowest = requests.get(0).path("slowest").get(0);
        assertThat(slowest.get(fields.indexOf("request_id")).asString()).isEqualTo("r1");
        assertThat(slowest.get(fields.indexOf("e2e_latency_ms")).asInt()).isEqualTo(300);
        JsonNode failed = requests.get(0).path("failed").get(0);
        assertThat(failed.get(fields.indexOf("error")).asString()).isEqualTo("rejected: full");
    }

    @Test
    void hasAPlaceForEachChartAndTheReasonForEachMissingOne() {
        String page = page(ViewFiles.comparison(""));
        int charts = data(page).path("charts").size();
        assertThat(charts).isGreaterThan(5);
        assertThat(Pattern.compile("data-chart=\"\\d+\"").matcher(page).results().count()).isEqualTo(charts);
        assertThat(body(page)).contains("gpu_utilization", "mixed_ratio_impact", "Charts that these results cannot have");
    }

    @Test
    void leavesOutWhatOnePolicyDoesNotNeed() {
        String one = "{\"version\": \"2.0\", \"policy_results\": {\"fifo\": {\"metrics\": " + ViewFiles.metrics(1, 1, 1, 100, 0) + ", \"raw_results\": []}}}";
        assertThat(body(page(one))).contains("Policy fifo", "SLO met", "100.0 %").doesNotContain("id=\"comparison\"", "data-all");
    }

    @Test
    void saysThatNothingSucceeded() {
        String none = "{\"version\": \"2.0\", \"policy_results\": {\"fifo\": {\"metrics\": {\"request_counts\": {\"total\": 3, \"completed\": 0}}, \"raw_results\": []}}}";
        assertThat(body(page(none))).contains("No request succeeded.", "standing bad", "Not completed").doesNotContain("standing good");
    }

    @Test
    void saysWhatAFileThatEndsInTheMiddleLacks() {
        String whole = ViewFiles.comparison("");
        assertThat(body(page(whole.substring(0, whole.indexOf("\"request_id\": \"r2\""))))).contains("standing bad", "ends in the middle");
    }

    @Test
    void hasTablesForEachKind() {
        assertThat(body(page("{\"version\": \"2.0\", \"throughput_vs_rate\": {\"fifo\": [{\"rate\": 5, \"requests_per_second\": 4.9, \"compliance_rate\": 0.5}]},"
                + " \"knee\": {\"fifo\": {\"rate\": 5, \"is_highest_rate\": true}}}"))).contains("Every policy at every rate", "4.9/s", "50.0 %", "Serves up to", "its limit is beyond");
        assertThat(body(page("{\"version\": \"2.0\", \"experiment_type\": \"mixed_ratio\", \"summary\": {\"policies\": {\"fifo\": {\"max_throughput\": 7.5}}}, \"results\":"
                + " [{\"llm_ratio\": 0.25, \"policies\": {\"fifo\": {\"throughput\": 6.5, \"p99_latency_ms\": null, \"llm_stats\": {\"avg_latency_ms\": 12}}}}]}")))
                .contains("Experiment: mixed ratio", "Max throughput", "7.5/s", "LLM ratio", "25.0 %", "6.5/s", "LLM avg latency", "12 ms", "–");
        assertThat(body(page("{\"version\": \"2.0\", \"experiment_type\": \"capacity\", \"summary\": {}, \"results\": [{\"policy\": \"fifo\", \"capacity\": 8,"
                + " \"tries\": [{\"request_rate\": 8, \"slo_compliance\": 1.0}, {\"request_rate\": 16, \"slo_compliance\": 0.3}]}]}")))
                .contains("Request rate", "16/s", "30.0 %");
        assertThat(body(page("{\"workloads\": {\"Q1\": {\"avg_ttft_ms\": 12.5, \"total_requests\": 5, \"successful_requests\": 5, \"output_throughput_tps\": 196.4}}}")))
                .contains("Engine benchmark", "5 of 5", "196 tok/s", "All figures");
    }

    @Test
    void showsWhatAnEngineSaysAsText() {
        String body = body(page("{\"run\": {\"backend\": \"<i>mock</i>\", \"notes\": [\"<b>broken</b>\"]}, \"workloads\": {\"<u>Q1</u>\": {\"total_requests\": 5,"
                + " \"successful_requests\": 5, \"avg_ttft_ms\": 45.2, \"unavailable\": [\"p95_ttft_ms\"], \"p95_ttft_ms\": 0}}}"));
        assertThat(body).contains("&lt;b&gt;broken&lt;/b&gt;", "&lt;i&gt;mock&lt;/i&gt;", "&lt;u&gt;Q1&lt;/u&gt;", "45.2 ms").doesNotContain("<b>", "<u>", "<i>");
    }

    @Test
    void isSmallEnoughToMailHoweverManyRequestsThereWere() throws IOException {
        var policies = List.of("fifo", "priority", "slo_aware", "cost_optimized", "adaptive", "aegaeon", "hybrid", "hybrid_slo");
        var random = new SplittableRandom(7);
        try (var lines = Files.newBufferedWriter(folder.resolve("requests.jsonl"))) {
            for (String policy : policies) {
                for (int i = 0; i < 10_000; i++) {
                    double took = 100 + random.nextExponential() * 80;
                    lines.write("{\"request_id\":\"req-" + i + "\",\"policy\":\"" + policy + "\",\"priority\":\"" + (i % 5 == 0 ? "HIGH" : "NORMAL")
                            + "\",\"request_type\":\"llm_chat\",\"model_name\":\"m\",\"instance\":\"engine-" + i % 3 + "\",\"success\":" + (i % 50 > 0) + ",\"outcome\":\""
                            + (i % 50 > 0 ? "completed" : "http_error") + "\",\"intended_ms\":" + i * 10 + ",\"sent_ms\":" + i * 10 + ",\"first_token_ms\":" + (i * 10 + 20)
                            + ",\"ended_ms\":" + (i * 10 + took) + ",\"e2e_latency_ms\":" + took + ",\"ttft_ms\":" + took / 5 + ",\"tpot_ms\":" + took / 100 + ",\"queue_ms\":3.5}\n");
                }
            }
        }
        String results = policies.stream()
                .map(policy -> "\"" + policy + "\": {\"metrics\": " + ViewFiles.metrics(10_000, 9_800, 0.9, 400, 3.5)
                        + ", \"raw_results\": {\"records_file\": \"requests.jsonl\"}}")
                .collect(Collectors.joining(",", "{\"version\": \"2.0\", \"policy_results\": {", "}}"));
        String page = page(results);
        assertThat(page.getBytes(UTF_8).length).isLessThan(3_000_000);
        assertThat(data(page).path("requests").get(7).path("slowest").size()).isEqualTo(RequestsJson.MOST);
    }

    @Test
    void isWrittenWholeAndReplacesOnlyWhenTold() throws IOException {
        HtmlReport report = report(ViewFiles.comparison(""));
        Path target = folder.resolve("page.html");
        report.write(target, false);
        assertThat(target).hasContent(report.text());
        Files.writeString(target, "mine");
        assertThatThrownBy(() -> report.write(target, false)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("mine");
        report.write(target, true);
        assertThat(target).hasContent(report.text());
    }
}
