package io.sagebench.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/// Reports of every kind of results, of little, of nothing, and of names that mean harm.
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherPagesTest {
    private static final String SCRIPT = "</script><script>window.harmed = 1</script><img src=x onerror='window.harmed = 2'>";
    private static final String QUOTES = "a \"b\" 'c' `d` ${1+1} & <b>";
    private static final String EMOJI = "🚀 née\u2028line";
    private static final String RIGHT_TO_LEFT = "سياسة אב";

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

    /// Opens a page, draws all of it at both sizes, and sees that it neither complains nor asks for anything.
    private void look(Path page, String picture) {
        browser.resize(Browser.DESK);
        browser.open(page);
        browser.until("return document.documentElement.dataset.ready === 'yes'");
        for (WebElement chart : browser.all("[data-chart]")) {
            browser.run("arguments[0].scrollIntoView()", chart);
            browser.until("return document.querySelector('#" + chart.getAttribute("id") + " .plot') !== null");
        }
        browser.screenshot(picture);
        assertThat(browser.fitsItsWidth()).isTrue();
        browser.resize(Browser.PHONE);
        assertThat(browser.fitsItsWidth()).isTrue();
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        browser.resize(Browser.DESK);
    }

    private Path measured(Path folder, String... arguments) {
        Path results = folder.resolve("results.json");
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-q", "-o", results.toString()));
        Program.run(all.toArray(String[]::new));
        return Report.of(results);
    }

    @Test
    void showsASweep(@TempDir Path folder) {
        look(measured(folder, "sweep", "--simulate", "-p", "fifo,slo_aware", "--rates", "50,150,300", "-n", "150"), "sweep");
        assertThat(browser.all("#rates tbody tr")).hasSize(6);
        assertThat(browser.all(".card").getFirst().getText()).contains("Serves up to");
        assertThat(browser.find("#throughput_vs_rate svg").getText()).contains("Requests/s");
    }

    @Test
    void showsAnExperiment(@TempDir Path folder) {
        look(measured(folder, "experiment", "-e", "slo", "--simulate", "-n", "80"), "experiment");
        assertThat(browser.find("h1").getText()).contains("slo");
        assertThat(browser.all("#levels tbody tr").size()).isGreaterThan(5);
    }

    @Test
    void showsOneRequest(@TempDir Path folder) {
        look(measured(folder, "run", "--simulate", "-n", "1"), "one-request");
        assertThat(browser.all("#comparison")).isEmpty();
        assertThat(browser.all(".chip")).isEmpty();
        assertThat(browser.find(".cards").getText()).contains("SLO met", "no interval");
    }

    @Test
    void showsThatNothingSucceeded(@TempDir Path folder) {
        look(Report.of(folder, Written.failed()), "no-success");
        assertThat(browser.find(".verdict").getText()).isEqualTo("No request succeeded.");
        assertThat(browser.find(".standing").getAttribute("class")).contains("bad");
        browser.find("details.requested summary").click();
        browser.until("return document.querySelectorAll('details.request').length === 1");
        assertThat(browser.find("details.requested").getText()).contains("Not completed").doesNotContain("Slowest");
    }

    @Test
    void showsAnEngine(@TempDir Path folder) {
        look(Report.of(folder, Written.engine("model " + SCRIPT)), "engine");
        assertThat(browser.all("#workloads tbody tr")).hasSize(2);
        assertThat(browser.find(".measured").getText()).contains("model " + SCRIPT, "Simulated");
        assertUnharmed();
    }

    @Test
    void showsNamesThatMeanHarmAsText(@TempDir Path folder) {
        look(Report.of(folder, Written.comparison(List.of(SCRIPT, QUOTES, EMOJI, RIGHT_TO_LEFT))), "hostile");
        assertUnharmed();
        assertThat(browser.all("#comparison tbody .policy").stream().map(WebElement::getText))
                .containsExactly(SCRIPT, QUOTES, EMOJI.replace('\u2028', ' '), RIGHT_TO_LEFT);
        assertThat(browser.all("#comparison tbody b, #comparison tbody img, main script")).isEmpty();

        browser.all(".chip[data-policy]").getFirst().click();
        assertThat(browser.all("#comparison tr.off")).hasSize(1);
        browser.all("details.requested > summary").get(1).click();
        browser.until("return document.querySelector('details.request') !== null");
        browser.find("details.request summary").click();
        browser.until("return document.querySelector('details.request dl').children.length > 3");
        assertThat(browser.find("details.request dl").getText()).contains(SCRIPT);
        assertUnharmed();
        assertThat(browser.complaints()).isEmpty();
    }

    private void assertUnharmed() {
        assertThat(browser.run("return window.harmed === undefined")).isEqualTo(true);
    }
}
