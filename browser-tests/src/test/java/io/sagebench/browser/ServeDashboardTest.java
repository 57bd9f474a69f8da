package io.sagebench.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.LocalServing;
import io.sagebench.benchmark.Serving;
import io.sagebench.benchmark.Serving.RunningServer;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.live.net.BearerToken;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.report.RecordSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The dashboard of a control plane, and the policy that it puts in force.
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServeDashboardTest {
    private static final String TOKEN = "open-sesame-0123456789";

    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    @SuppressWarnings("NullAway.Init")
    private RunningServer server;

    @BeforeAll
    void start() {
        browser = Browser.start();
        var served = new LocalServing(failure -> {
                    throw new AssertionError(failure);
                })
                .controlPlane(new Serving.ControlPlaneServerConfig(
                        GatewaySettings.of(ServerSettings.onLoopback(0).withAdminToken(new BearerToken(TOKEN))),
                        new Serving.FirstPolicy("fifo", Map.of()),
                        new Serving.Engines.Simulated(List.of(new Serving.EngineGroup(3, "llama3-8b-a100"))),
                        Optional.empty(),
                        ControlPlaneSettings.DEFAULT,
                        FaultPlan.NONE,
                        1));
        server = ((Serving.Served.Listening) served).server();
    }

    @AfterAll
    void stop() {
        browser.close();
        server.close();
    }

    @Test
    void putsAPolicyInForceWhileRequestsCome() throws Exception {
        BenchmarkConfig config = BenchmarkConfig.builder()
                .controlPlaneUrl(server.url().toString()).policies("fifo").numRequests(200).requestRate(25).warmupRequests(0).build();
        var load = CompletableFuture.runAsync(
                () -> new Benchmark().run(config, BenchmarkListener.SILENT, RecordSink.NONE, new StopSignal()));
        browser.open(server.url() + "/dashboard");
        browser.until("return document.querySelectorAll('#switch-policy option').length > 8");
        browser.until("return parseInt(document.querySelector('#throughput + .more').textContent) > 20");
        assertThat(browser.find("#policy").getText()).isEqualTo("fifo");
        assertThat(browser.all("#instances tr")).hasSize(3).allSatisfy(row -> assertThat(row.getText()).contains("ready"));

        choose("vtc");
        browser.until("return document.getElementById('switch-said').textContent.startsWith('vtc is in force')");
        browser.until("return document.getElementById('policy').textContent === 'vtc'");
        browser.until("return document.getElementById('legend').textContent.includes('vtc')");
        browser.screenshot("dashboard-serve");
        browser.prefer("dark");
        browser.resize(Browser.PHONE);
        browser.until("return window.innerWidth === " + Browser.PHONE.width());
        assertThat(browser.stickingOut()).isEmpty();
        browser.screenshot("dashboard-serve-phone-dark");
        browser.resize(Browser.DESK);
        browser.prefer("light");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).allMatch(address -> address.startsWith(server.url() + "/"));
        load.get(60, TimeUnit.SECONDS);
    }

    @Test
    void othersNeedTheTokenToWatchAndToSwitch() {
        browser.open("http://" + Browser.ELSEWHERE + ":" + server.url().getPort() + "/dashboard");
        browser.until("return !document.getElementById('letin').hidden");
        assertThat(browser.find("#main").isDisplayed()).isFalse();
        assertThat(browser.find("#refusal").getText()).contains("the admin endpoints are open to");
        browser.screenshot("dashboard-token");
        letIn("a-wrong-token-123456");
        browser.until("return document.getElementById('refusal').textContent.startsWith('The token was refused')");
        letIn(TOKEN);
        browser.until("return document.querySelectorAll('#switch-policy option').length > 8");
        String before = browser.find("#policy").getText();

        browser.find("#switch-token").sendKeys("a-wrong-token-123456");
        choose(before.equals("priority") ? "fifo" : "priority");
        browser.until("return document.getElementById('switch-said').textContent.startsWith('Refused (403)')");
        assertThat(browser.run("return fetch('admin/set_policy', {method: 'POST', body: '{\"policy\":\"priority\"}'}).then(answer => answer.status)"))
                .isEqualTo(403L);
        assertThat(browser.find("#policy").getText()).isEqualTo(before);

        browser.find("#switch-token").clear();
        browser.find("#switch-token").sendKeys(TOKEN);
        choose("slo_aware");
        browser.until("return document.getElementById('policy').textContent === 'slo_aware'");
        assertThat(browser.run("return localStorage.length + sessionStorage.length + document.cookie.length")).isEqualTo(0L);
        assertThat(browser.complaints()).allMatch(line -> line.contains("403")); // a browser says so of any refusal
    }

    private void letIn(String token) {
        browser.find("#letin-token").sendKeys(token);
        browser.find("#letin button").click();
    }

    private void choose(String policy) {
        browser.find("#switch-policy option[value='" + policy + "']").click();
        browser.find("#switch button").click();
    }
}
