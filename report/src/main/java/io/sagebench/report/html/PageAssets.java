package io.sagebench.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sagebench.report.html.Page.Assets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What a page brings along. Its security policy names its scripts by their hashes, so that a name in the results that looks like a script is none,
/// whatever else goes wrong, and nothing is ever asked of a network.
final class PageAssets {
    private static final String STYLE = text("report.css");
    private static final List<String> SCRIPTS =
            List.of(script("echarts.common.min.js"), script("charts.js"), script("report.js"));

    private PageAssets() {}

    static Assets with(JsonNode data) {
        return new Assets(STYLE, SCRIPTS, security(), embeddable(data.toString()));
    }

    /// JSON that a page can hold: nothing in it ends a script, begins a comment or a line.
    static String embeddable(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    private static String security() {
        return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src "
                + SCRIPTS.stream().map(script -> "'sha256-" + Base64.getEncoder().encodeToString(sha256(script)) + "'").collect(Collectors.joining(" "));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static String script(String name) {
        String text = text(name);
        if (text.contains("</script") || text.contains("<!--")) {
            throw new IllegalStateException(name + " cannot stand within a page");
        }
        return text;
    }

    private static String text(String name) {
        try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is not complete: " + name + " is missing");
            }
            return new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
