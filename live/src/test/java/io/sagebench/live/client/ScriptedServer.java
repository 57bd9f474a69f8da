package io.sagebench.live.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/// A raw socket server for tests that answers each request as its script says.
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Script script;
    private final String scheme;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    /// Answers one request. What it throws closes the connection.
    @FunctionalInterface
    interface Script {
        void answer(Request request, Conversation conversation) throws IOException;
    }

    /// What came: the lines before the body, and the body.
    record Request(String head, String body) {
        /// The value of a header; empty when it is not there.
        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse("");
        }

        /// The number in the request's id.
        int number() {
            return Integer.parseInt(header("X-Request-ID").replace("request-", ""));
        }
    }

    /// The server's end of a connection.
    record Conversation(Socket socket, InputStream in) {
        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
        }

        /// Sends nothing until the client goes away.
        void stall() throws IOException {
            while (in.read() >= 0) {
                // whatever it says
            }
        }

        void close() throws IOException {
            socket.close();
        }

        /// Closes with a TCP reset.
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    ScriptedServer(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), InetAddress.ofLiteral("127.0.0.1"), "http", script);
    }

    ScriptedServer(ServerSocketFactory sockets, InetAddress address, String scheme, Script script) throws IOException {
        this.script = script;
        this.scheme = scheme;
        listening = sockets.createServerSocket(0, 1_000, address);
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return url("");
    }

    URI url(String path) {
        String host = listening.getInetAddress().getHostAddress();
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + listening.getLocalPort() + path);
    }

    /// How many connections came.
    int connections() {
        return connections.get();
    }

    /// The requests so far, in the order they came.
    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            var conversation = new Conversation(socket, new BufferedInputStream(socket.getInputStream()));
            while (!socket.isClosed()) {
                String head = head(conversation.in());
                if (head.isEmpty()) {
                    return;
                }
                String stated = new Request(head, "").header("Content-Length");
                int length = stated.isEmpty() ? 0 : Integer.parseInt(stated);
                var request = new Request(head, new String(conversation.in().readNBytes(length), UTF_8));
                requests.add(request);
                script.answer(request, conversation);
            }
        } catch (IOException _) {
            // the client went away, or the script wants the connection closed
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append(new String(new byte[] {(byte) next}, ISO_8859_1));
        }
        return head.toString();
    }
}
