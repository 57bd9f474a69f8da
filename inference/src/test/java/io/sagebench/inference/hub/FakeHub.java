package io.sagebench.inference.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A hub on loopback with one repository, `org/model`. Its large files are redirected to another port, as real hubs do it.
final class FakeHub implements AutoCloseable {
    static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

    final List<String> asked = new ArrayList<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, byte[]> damaged = new LinkedHashMap<>();
    private final HttpServer hub;
    private final HttpServer store;
    private @Nullable String breaksOff;

    FakeHub() throws IOException {
        hub = start(this::answer);
        store = start(this::store);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws Exception;
    }

    private static HttpServer start(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            } catch (IOException broken) {
                throw broken;
            } catch (Exception bug) {
                throw new IllegalStateException(bug);
            }
        });
        server.start();
        return server;
    }

    URI endpoint() {
        return URI.create("http://localhost:" + hub.getAddress().getPort());
    }

    FakeHub with(String path, String content) {
        files.put(path, content.getBytes(UTF_8));
        return this;
    }

    /// The next answer with this file ends after half of it.
    FakeHub breakingOff(String path) {
        breaksOff = path;
        return this;
    }

    /// The file is not what the hub says it is.
    FakeHub damaging(String path, String content) {
        damaged.put(path, content.getBytes(UTF_8));
        return this;
    }

    private synchronized void answer(HttpExchange exchange) throws Exception {
        String path = exchange.getRequestURI().getPath();
        note("hub", exchange, path);
        if (path.equals("/api/models/org/model/revision/main")) {
            send(exchange, 200, listing().getBytes(UTF_8));
        } else if (path.startsWith("/org/model/resolve/" + REVISION + "/")) {
            String file = path.substring(("/org/model/resolve/" + REVISION + "/").length());
            if (isLarge(file)) {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + store.getAddress().getPort() + "/" + file);
                exchange.sendResponseHeaders(302, -1);
            } else {
                sendFile(exchange, file);
            }
        } else {
            exchange.sendResponseHeaders(path.contains("secret") ? 401 : 404, -1);
        }
    }

    private synchronized void store(HttpExchange exchange) throws Exception {
        String file = exchange.getRequestURI().getPath().substring(1);
        note("store", exchange, file);
        sendFile(exchange, file);
    }

    private void note(String who, HttpExchange exchange, String path) {
        String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).map(text -> " " + text).orElse("");
        String token = exchange.getRequestHeaders().containsKey("Authorization") ? " with token" : "";
        asked.add(who + " " + path.replaceFirst(".*/resolve/[^/]*/", "") + range + token);
    }

    private void sendFile(HttpExchange exchange, String file) throws IOException {
        byte[] content = damaged.getOrDefault(file, files.get(file));
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        if (file.equals(breaksOff)) {
            breaksOff = null;
            exchange.sendResponseHeaders(200, rest.length);
            exchange.getResponseBody().write(rest, 0, rest.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("broken off on purpose");
        }
        send(exchange, from == 0 ? 200 : 206, rest);
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    private static boolean isLarge(String file) {
        return file.contains(".onnx");
    }

    private String listing() throws Exception {
        var siblings = new ArrayList<String>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] content = file.getValue();
            String large = isLarge(file.getKey())
                    ? ", \"lfs\": {\"sha256\": \"" + hex("SHA-256", content) + "\"}"
                    : "";
            String git = hex("SHA-1", ("blob " + content.length + "\0" + new String(content, UTF_8)).getBytes(UTF_8));
            siblings.add("{\"rfilename\": \"" + file.getKey() + "\", \"size\": " + content.length + ", \"blobId\": \"" + git + "\"" + large + "}");
        }
        return "{\"id\": \"org/model\", \"sha\": \"" + REVISION + "\", \"siblings\": [" + String.join(", ", siblings) + "]}";
    }

    private static String hex(String algorithm, byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
    }
}
