package io.sagebench.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The browser sees what other tests rely on it to see.
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

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
    void seesWhatAPageAsksForAndComplainsOf() throws IOException {
        browser.open(page("<img src='other.png'><script>console.error('a wrong turn'); missing();</script>"));

        assertThat(browser.requests()).anyMatch(address -> address.endsWith("/other.png"));
        assertThat(browser.complaints()).anyMatch(line -> line.contains("a wrong turn")).anyMatch(line -> line.contains("missing"));
    }

    @Test
    void seesThatAQuietPageIsQuiet() throws IOException {
        Path page = page("<p>quiet</p><script>console.log('fine')</script>");
        browser.open(page);

        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.find("p").getText()).isEqualTo("quiet");
    }

    @Test
    void isAsNarrowAsAPhoneAndSeesWhatSticksOut() throws IOException {
        browser.resize(Browser.PHONE);
        browser.open(page("<div style='width:600px'>wide</div>"));
        assertThat(browser.run("return window.innerWidth")).isEqualTo(380L);
        assertThat(browser.fitsItsWidth()).isFalse();

        browser.open(page("<p>narrow</p>"));
        assertThat(browser.fitsItsWidth()).isTrue();
        browser.resize(Browser.DESK);
    }

    @Test
    void likesTheDark() throws IOException {
        browser.prefer("dark");
        browser.open(page("<p></p>"));
        assertThat(browser.run("return matchMedia('(prefers-color-scheme: dark)').matches")).isEqualTo(true);
        browser.prefer("light");
        assertThat(browser.run("return matchMedia('(prefers-color-scheme: dark)').matches")).isEqualTo(false);
    }

    private Path page(String body) throws IOException {
        Path page = Files.createTempFile(folder, "page", ".html");
        return Files.writeString(page, "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>page</title>"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"></head><body>" + body + "</body></html>");
    }
}
