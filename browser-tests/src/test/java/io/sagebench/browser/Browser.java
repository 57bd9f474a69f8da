package io.sagebench.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A chromium without a window, which keeps what the page asked of the network and what it complained of. Starting one takes a second or two, so
/// tests of a class share it.
final class Browser implements AutoCloseable {
    /// As on a desk.
    static final Size DESK = new Size(1400, 1000);

    /// As a narrow phone.
    static final Size PHONE = new Size(380, 800);

    /// A name that leads to this machine and is none of its own, as when somebody else's browser asks.
    static final String ELSEWHERE = "bench.test";

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Set<String> INSIDE = Set.of("data", "blob", "about", "chrome", "chrome-extension", "devtools");

    private final ChromeDriver driver;
    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /// Of the page, in CSS pixels.
    record Size(int width, int height) {}

    /// What of a browser this machine lacks.
    static Optional<String> missing() {
        for (Path needed : List.of(CHROMIUM, DRIVER)) {
            if (!Files.isExecutable(needed)) {
                return Optional.of("there is no " + needed);
            }
        }
        return Optional.empty();
    }

    /// A new one.
    static Browser start() {
        missing().ifPresent(what -> {
            throw new IllegalStateException(what);
        });
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
                "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--host-resolver-rules=MAP " + ELSEWHERE + " 127.0.0.1");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build();
        var browser = new Browser(new ChromeDriver(service, options));
        browser.resize(DESK);
        return browser;
    }

    /// Opens a file, after which [#requests()] and [#complaints()] are of that page alone.
    void open(Path page) {
        open(page.toUri().toString());
    }

    /// Opens an address.
    void open(String address) {
        driver.get("about:blank");
        collect();
        requests.clear();
        complaints.clear();
        driver.get(address);
    }

    /// The addresses the page asked for, itself first; `data:` and the like are none.
    List<String> requests() {
        collect();
        return List.copyOf(requests);
    }

    /// What stands in the console as a warning or an error.
    List<String> complaints() {
        collect();
        return List.copyOf(complaints);
    }

    private void collect() {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = MAPPER.readTree(entry.getMessage()).path("message");
            String address = message.path("params").path("request").path("url").asString("");
            if (message.path("method").asString("").equals("Network.requestWillBeSent")
                    && !INSIDE.contains(address.substring(0, Math.max(0, address.indexOf(':'))))) {
                requests.add(address);
            }
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getMessage());
            }
        }
    }

    /// Makes the page as large as that, also smaller than a window can be.
    void resize(Size size) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", size.width(), "height", size.height(), "deviceScaleFactor", 1, "mobile", false));
    }

    /// Tells the page that its reader likes `dark` or `light`.
    void prefer(String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /// The first that a CSS selector finds.
    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /// All that it finds.
    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /// What a script returns in the page: `return document.title`.
    Object run(String script, Object... arguments) {
        Object result = ((JavascriptExecutor) driver).executeScript(script, arguments);
        return result == null ? "" : result;
    }

    /// Waits until a script returns true.
    void until(String script) {
        Awaitility.await(script).atMost(PATIENCE).until(() -> Boolean.TRUE.equals(run(script)));
    }

    /// Whether nothing sticks out of the page at its side.
    boolean fitsItsWidth() {
        return Boolean.TRUE.equals(run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    /// What does, for people; empty when nothing does.
    String stickingOut() {
        return String.valueOf(run("""
                const wide = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= wide) return '';
                return document.documentElement.scrollWidth + ' of ' + wide + ': ' + [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > wide + 0.5)
                    .map(one => one.tagName + '#' + one.id + '.' + one.getAttribute('class') + ' to ' + one.getBoundingClientRect().right).join(', ')"""));
    }

    /// Writes the whole page as a picture to `target/screenshots/<name>.png`, and what of it is seen first to `<name>-first.png`.
    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + "-first.png"), driver.getScreenshotAs(OutputType.BYTES));
            var whole = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
            Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(whole.get("data"))));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
