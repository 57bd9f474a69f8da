package io.sagebench.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.Progress;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.Turn;
import io.sagebench.benchmark.dashboard.RunDashboard;
import io.sagebench.report.RecordSink;
import io.sagebench.report.TargetReport;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;

/// The dashboard of a run, watched while it goes on.
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunDashboardTest {
    private static final String COMPLETED = "return parseInt(document.querySelector('#throughput + .more').textContent.replace(/\\D/g, '') || '0')";
    private static final String NASTY = "<script>document.title='owned'</script> \" ' & \uD83E\uDD84 \u0645\u0631\u062D\u0628\u0627";

    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    @BeforeAll
    void start() {
        browser = Browser.start();
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    @Test
    void movesWhileARunGoesOnAndSaysWhenItIsDone() throws Exception {
        BenchmarkConfig config = BenchmarkConfig.builder()
                .embedded()
                .policies("fifo", "slo_aware")
                .numRequests(300)
                .requestRate(30)
                .warmupRequests(5)
                .build();
        CompletableFuture<Void> run;
        URI url;
        try (var dashboard = RunDashboard.of(config, "Comparison of fifo, slo_aware", 0)) {
            url = dashboard.url();
            browser.open(url.toString());
            browser.until("return document.getElementById('connection').textContent === 'live'");
            run = CompletableFuture.runAsync(() -> new Benchmark().run(config, dashboard.listener(), RecordSink.NONE, new StopSignal()));
            browser.until(COMPLETED + " > 20");
            long before = (long) browser.run(COMPLETED);
            browser.until(COMPLETED + " > " + (before + 30));
            browser.until("return document.querySelectorAll('#instances tr').length === 3");
            browser.until("return document.querySelector('figure path.plotted[d*=L]') !== null");
            browser.until("return document.querySelectorAll('#measured tr').length === 2");
            browser.until(COMPLETED + " > 60");
            browser.screenshot("dashboard-run");
            looksWell();
            run.get(60, TimeUnit.SECONDS);
            dashboard.ended(RunDashboard.End.DONE, "");
        }
        browser.until("return document.getElementById('connection').textContent === 'ended'");
        assertThat(browser.find("#state").getText()).isEqualTo("The run is done.");
        assertThat(browser.all("#measured tr")).hasSize(2).allSatisfy(row -> assertThat(row.getText()).contains("300").doesNotContain("under way"));
        browser.screenshot("dashboard-done");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().allMatch(address -> address.startsWith("http://127.0.0.1:" + url.getPort() + "/"));
    }

    private void looksWell() {
        browser.prefer("dark");
        browser.until("return getComputedStyle(document.body).backgroundColor !== 'rgb(251, 251, 250)'");
        browser.screenshot("dashboard-run-dark");
        browser.resize(Browser.PHONE);
        browser.until("return window.innerWidth === " + Browser.PHONE.width());
        assertThat(browser.stickingOut()).isEmpty();
        browser.screenshot("dashboard-run-phone");
        browser.resize(Browser.DESK);
        browser.prefer("light");
        assertThat(browser.stickingOut()).isEmpty();
    }

    @Test
    void namesAndNotesAreText() throws IOException {
        BenchmarkConfig config = BenchmarkConfig.builder().embedded().policies("fifo").build();
        try (var dashboard = RunDashboard.of(config, "Run of " + NASTY, 0)) {
            BenchmarkListener told = dashboard.listener();
            told.targetReady(new TargetReport(TargetReport.Kind.HTTP, Optional.empty(), NASTY, Optional.empty()));
            told.note(NASTY);
            told.position(NASTY, 1, 4);
            var turn = new Turn(NASTY, 2, 4, 1, 2, 100);
            told.measuring(turn);
            told.progress(new Progress(turn, 1_000_000_000, 30, 20, 1, OptionalLong.empty(), OptionalLong.empty()));
            browser.open(dashboard.url().toString());
            browser.until("return document.querySelectorAll('#measured tr').length === 1");
            assertThat(browser.find("#title").getText()).contains(NASTY);
            assertThat(browser.find("#target").getText()).contains(NASTY);
            assertThat(browser.find("#notes").getText()).isEqualTo(NASTY);
            assertThat(browser.find("#position").getText()).contains(NASTY, "20 of 100 requests", "measurement 2 of 4", "repeat 1 of 2", "(1 of 4 done)");
            assertThat(browser.find("#measured").getText()).contains(NASTY);
            assertThat(browser.all("body script")).isEmpty();
            assertThat(String.valueOf(browser.run("return document.title"))).isNotEqualTo("owned");
            assertThat(browser.stickingOut()).isEmpty();
            browser.screenshot("dashboard-names");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void comesBackWhenTheServerDoes() throws IOException {
        BenchmarkConfig config = BenchmarkConfig.builder().embedded().policies("fifo").build();
        int port;
        try (var dashboard = RunDashboard.of(config, "before", 0)) {
            port = dashboard.url().getPort();
            browser.open(dashboard.url().toString());
            browser.until("return document.getElementById('title').textContent === 'before'");
        }
        browser.until("return document.getElementById('connection').textContent.startsWith('connection lost')");
        browser.screenshot("dashboard-lost");
        try (var _ = RunDashboard.of(config, "after", port)) {
            browser.until("return document.getElementById('title').textContent === 'after'");
            browser.until("return document.getElementById('connection').textContent === 'live'");
        }
    }

    @Test
    void simulatedTimeIsSaidToBe() throws IOException {
        BenchmarkConfig config = BenchmarkConfig.builder().simulated().policies("fifo", "vtc").numRequests(2000).requestRate(40).build();
        try (var dashboard = RunDashboard.of(config, "Comparison of fifo, vtc", 0)) {
            browser.open(dashboard.url().toString());
            browser.until("return document.getElementById('connection').textContent === 'live'");
            new Benchmark().run(config, dashboard.listener(), RecordSink.NONE, new StopSignal());
            dashboard.ended(RunDashboard.End.DONE, "");
        }
        browser.until("return document.getElementById('connection').textContent === 'ended'");
        assertThat(browser.find("#virtual").getText()).startsWith("Simulated time");
        assertThat(browser.all("#measured tr")).hasSize(2);
        assertThat(browser.find("#legend").getText()).contains("fifo", "vtc");
        browser.screenshot("dashboard-simulated");
    }

    @Test
    void aChartIsReadByKeys() throws IOException {
        BenchmarkConfig config = BenchmarkConfig.builder().simulated().policies("fifo").numRequests(500).requestRate(40).build();
        try (var dashboard = RunDashboard.of(config, "Run of fifo", 0)) {
            new Benchmark().run(config, dashboard.listener(), RecordSink.NONE, new StopSignal());
            browser.open(dashboard.url().toString());
            browser.until("return document.querySelectorAll('figure').length === 4");
            browser.find("figure > svg").sendKeys(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
            assertThat(browser.find("figure .readout").getText()).startsWith("2 s ago, fifo: completed ");
            assertThat(List.of("completed", "goodput", "errors")).allSatisfy(name ->
                    assertThat(browser.find("figure > svg").getDomAttribute("aria-label")).contains(name));
        }
    }
}
