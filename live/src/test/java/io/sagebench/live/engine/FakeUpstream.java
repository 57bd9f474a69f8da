package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/// A server that lists one model, `m`, has the pages that the test gives it, and answers each other request with the bytes that the test's script
/// writes.
final class FakeUpstream implements AutoCloseable {
    /// The head of an answer whose body ends with the connection.
    static final String STREAM_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private static final String MODELS = "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"max_model_len\":1000}]}";

    /// A request as it came; header names in lower case.
    record Asked(String path, Map<String, String> headers, String body) {}

    /// What to answer. The connection closes when it throws, or when it wrote `Connection: close`.
    @FunctionalInterface
    interface Script {
        void answer(Asked request, OutputStream out) throws IOException;
    }

    private final String scheme;
    private final ServerSocket listening;
    private final Script script;
    private final Thread accepting;
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<String, String> pages = new ConcurrentHashMap<>(Map.of("/v1/models", whole(200, MODELS)));

    FakeUpstream(Script script) throws IOException {
        this("http", ServerSocketFactory.getDefault(), script);
    }

    FakeUpstream(String scheme, ServerSocketFactory sockets, Script script) throws IOException {
        this.scheme = scheme;
        this.script = script;
        listening = sockets.createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        accepting = Thread.ofPlatform().daemon().start(this::accept);
    }

    /// An event with one token.
    static String token(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    /// A whole answer with that body.
    static String whole(int status, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    URI url() {
        return URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort());
    }

    /// Has it answer that whole answer to a GET of that path from now on; other paths are 404.
    FakeUpstream page(String path, String answer) {
        pages.put(path, answer);
        return this;
    }

    /// The requests that came, but for pages and the list of models.
    BlockingQueue<Asked> asked() {
        return asked;
    }

    /// How many connections asked for answers.
    int connections() {
        return connections.get();
    }

    /// Takes no more connections.
    void stopListening() throws IOException {
        listening.close();
        try {
            accepting.join(); // the kernel takes connections for as long as a thread is in accept, whoever has closed the socket
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stopListening();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        boolean hasAsked = false;
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String requestLine = line(in);
                if (requestLine.isEmpty()) {
                    return;
                }
                var headers = new TreeMap<String, String>();
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    int colon = line.indexOf(':');
                    headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
                }
                if (requestLine.startsWith("GET ")) {
                    String page = pages.getOrDefault(requestLine.split(" ", 3)[1], whole(404, "none"));
                    socket.getOutputStream().write(page.getBytes(UTF_8));
                    continue;
                }
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                var request = new Asked(requestLine.split(" ", 3)[1], headers, new String(in.readNBytes(length), UTF_8));
                if (!hasAsked) {
                    hasAsked = true;
                    connections.incrementAndGet();
                }
                asked.add(request);
                var out = new ClosingNotice(socket.getOutputStream());
                script.answer(request, out);
                if (out.closes) {
                    return;
                }
            }
        } catch (IOException _) {
            // the script or the gateway ended it
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(UTF_8).strip();
    }

    /// Notices that an answer announced its own end.
    private static final class ClosingNotice extends OutputStream {
        private final OutputStream out;
        private boolean closes;

        ClosingNotice(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            closes |= new String(bytes, from, Math.min(length, 300), UTF_8).contains("Connection: close");
            out.write(bytes, from, length);
        }
    }
}
