package io.sagebench.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.chart.Palette;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// The report of a real comparison, of an overloaded fleet in virtual time.
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComparisonPageTest {
    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    @SuppressWarnings("NullAway.Init")
    private Path page;

    @BeforeAll
    void compare(@TempDir Path folder) {
        Path results = folder.resolve("compare.json");
        Program.run("compare", "--simulate", "-p", "fifo,priority,slo_aware,oracle_slo", "-n", "400", "-r", "200", "--seed", "7", "-q", "-o", results.toString());
        page = Report.of(results);
        browser = Browser.start();
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    @BeforeEach
    void open() {
        browser.prefer("light");
        browser.resize(Browser.DESK);
        browser.open(page);
        browser.until("return document.documentElement.dataset.ready === 'yes'");
    }

    /// Scrolls through all charts, so that each is drawn.
    private void drawAll() {
        for (WebElement chart : browser.all("[data-chart]")) {
            browser.run("arguments[0].scrollIntoView()", chart);
            browser.until("return Array.from(document.querySelectorAll('#" + chart.getAttribute("id") + " .plot')).some(plot => plot.querySelector('svg'))");
        }
        browser.run("window.scrollTo(0, 0)");
    }

    @Test
    void drawsEveryChartWithoutComplaintOrNetwork() {
        drawAll();
        assertThat(browser.all("[data-chart]").size()).isGreaterThan(10);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        browser.screenshot("report-light");
    }

    @Test
    void answersInItsFirstScreen() {
        assertThat(browser.find(".verdict").getText().replace('\u00A0', ' ')).startsWith("At 200 requests/s, ");
        assertThat(browser.find(".measured").getText()).contains("Simulated");
        int end = browser.find(".cards").getRect().getY() + browser.find(".cards").getRect().getHeight();
        assertThat(end).isLessThan(Browser.DESK.height());
    }

    @Test
    void sortsByClickAndByKey() {
        assertThat(names()).containsExactly("fifo", "priority", "slo_aware", "oracle_slo");
        WebElement head = browser.find("#comparison thead th:nth-child(6) button");
        head.click();
        assertThat(sorted(6)).isEqualTo("descending");
        List<Double> figures = figures(6);
        assertThat(figures).hasSize(4).isSortedAccordingTo((one, other) -> Double.compare(other, one));
        head.sendKeys(Keys.ENTER);
        assertThat(sorted(6)).isEqualTo("ascending");
        assertThat(figures(6)).isEqualTo(figures.reversed());

        browser.find("#comparison thead th:first-child button").sendKeys(Keys.SPACE);
        assertThat(names()).containsExactly("fifo", "oracle_slo", "priority", "slo_aware");
        assertThat(browser.all("#comparison th[aria-sort]")).hasSize(1);
    }

    private String sorted(int column) {
        return String.valueOf(browser.find("#comparison thead th:nth-child(" + column + ")").getAttribute("aria-sort"));
    }

    private List<String> names() {
        return browser.all("#comparison tbody .policy").stream().map(WebElement::getText).toList();
    }

    private List<Double> figures(int column) {
        return browser.all("#comparison tbody td:nth-child(" + column + ")").stream().map(cell -> Double.valueOf(String.valueOf(cell.getAttribute("data-sort")))).toList();
    }

    @Test
    void hidesAPolicyInEveryChart() {
        drawAll();
        String fifo = String.valueOf(browser.run("return getComputedStyle(document.querySelector('.chip[data-policy=fifo] .swatch')).backgroundColor"));
        assertThat(fifo).isEqualTo("rgb(0, 114, 178)");
        assertThat(drawnIn("#latency_cdf")).contains("#0072b2").contains("#e69f00");
        assertThat(drawnIn("#slo_compliance")).contains(">fifo<");

        browser.find(".chip[data-policy=fifo]").click();
        assertThat(drawnIn("#latency_cdf")).doesNotContain("#0072b2").contains("#e69f00");
        assertThat(drawnIn("#slo_compliance")).doesNotContain(">fifo<").contains(">priority<");
        assertThat(browser.find("#latency_cdf .legend").getText()).doesNotContain("fifo");
        assertThat(browser.find("#comparison tr[data-policy=fifo]").getAttribute("class")).contains("off");
        assertThat(browser.find(".chip[data-policy=fifo]").getAttribute("aria-pressed")).isEqualTo("false");

        browser.find(".chip[data-all]").click();
        assertThat(drawnIn("#latency_cdf")).contains("#0072b2");
        assertThat(browser.complaints()).isEmpty();
    }

    private String drawnIn(String chart) {
        return String.valueOf(browser.run("return document.querySelector('" + chart + " .panels').innerHTML.toLowerCase().replaceAll('rgb(0,114,178)', '#0072b2')"));
    }

    @Test
    void opensSingleRequests() {
        WebElement list = browser.find("details.requested[data-policy=fifo]");
        list.findElement(By.tagName("summary")).click();
        browser.until("return document.querySelectorAll('details.requested[data-policy=fifo] details.request').length > 3");
        assertThat(list.getText()).contains("Slowest", "Not completed");
        browser.find("details.requested[data-policy=fifo] details.request summary").click();
        browser.until("return document.querySelector('details.requested[data-policy=fifo] details.request dl').children.length > 10");
        assertThat(browser.find("details.requested[data-policy=fifo] details.request dl").getText()).contains("request_id", "queue_ms", "outcome");
        browser.screenshot("report-requests");
    }

    @Test
    void opensTheFiguresOfAChart() {
        browser.run("document.querySelector('#slo_compliance').scrollIntoView()");
        browser.until("return document.querySelector('#slo_compliance svg') !== null");
        browser.find("#slo_compliance .figures summary").click();
        browser.until("return document.querySelectorAll('#slo_compliance .figures tbody tr').length === 4");
        assertThat(browser.find("#slo_compliance .figures table").getText()).contains("fifo", "oracle_slo");
    }

    @Test
    void isDarkForThoseWhoLikeItAndByItsSwitch() {
        String light = ground();
        browser.prefer("dark");
        String dark = ground();
        assertThat(dark).isNotEqualTo(light);
        drawAll();
        browser.screenshot("report-dark");
        browser.find("#theme").click();
        assertThat(ground()).isEqualTo(light);
        browser.find("#theme").click();
        assertThat(ground()).isEqualTo(dark);
        assertThat(drawnIn("#latency_cdf")).contains(Palette.css(new Palette(List.of("fifo")).dark("fifo")));
        assertThat(browser.complaints()).isEmpty();
    }

    private String ground() {
        return String.valueOf(browser.run("return getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    void fitsAPhone() {
        browser.resize(Browser.PHONE);
        browser.open(page);
        drawAll();
        assertThat(browser.fitsItsWidth()).isTrue();
        browser.screenshot("report-phone");
    }

    @Test
    void printsInLightColoursWithEveryChart() {
        browser.prefer("dark");
        browser.open(page);
        browser.until("return document.documentElement.dataset.ready === 'yes'");
        browser.run("window.dispatchEvent(new Event('beforeprint'))");
        assertThat(browser.run("return Array.from(document.querySelectorAll('[data-chart]')).every(chart => chart.querySelector('svg'))")).isEqualTo(true);
        assertThat(drawnIn("#latency_cdf")).contains("#0072b2");
    }

    @Test
    void tellsThoseWhoCannotSeeIt() {
        drawAll();
        assertThat(browser.all("main, header, footer")).hasSize(3);
        assertThat(browser.all("table:not(:has(caption))")).isEmpty();
        assertThat(browser.all("section:not([aria-labelledby])")).isEmpty();
        assertThat(browser.all(".plot:not([role=img]), .plot:not([aria-label])")).isEmpty();
        assertThat(browser.all("button").stream().map(WebElement::getAccessibleName)).noneMatch(String::isBlank);
        Stream<Object> levels = ((List<?>) browser.run("return Array.from(document.querySelectorAll('h1,h2,h3,h4')).map(head => Number(head.tagName[1]))")).stream().map(level -> level);
        assertThat(levels.toList().getFirst()).isEqualTo(1L);
        browser.find("body").sendKeys(Keys.TAB);
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
    }
}
