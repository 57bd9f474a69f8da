package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that sends bytes as the test says and reads them one by one, for what well-behaved clients hide.
public final class RawHttp implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /// One answer; header names in lower case.
    public record Answer(int status, Map<String, String> headers, String body) {}

    /// Connects to that port of this machine.
    public RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Sends text as it is.
    public RawHttp send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
    }

    /// A chat request as bytes on the wire.
    public static String chat(String body, String... headerLines) {
        return post("/v1/chat/completions", body, headerLines);
    }

    /// A request with a body as bytes on the wire; single quotes in the body become double ones.
    public static String post(String path, String body, String... headerLines) {
        String json = body.replace('\'', '"');
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + json.getBytes(UTF_8).length + "\r\n"
                + String.join("", Arrays.stream(headerLines).map(line -> line + "\r\n").toList()) + "\r\n" + json;
    }

    /// A request without a body as bytes on the wire.
    public static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /// Reads one line, without its end.
    public String line() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed after '" + line + "'");
            }
            if (next == '\n') {
                return line.toString(UTF_8).strip();
            }
            line.write(next);
        }
    }

    /// Reads the status line and headers; the body is empty.
    public Answer head() throws IOException {
        String status = line();
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, "");
    }

    /// Reads one whole answer.
    public Answer answer() throws IOException {
        Answer head = head();
        var body = new StringBuilder();
        if ("chunked".equals(head.headers().get("transfer-encoding"))) {
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                body.append(chunk);
            }
        } else {
            int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
            body.append(new String(in.readNBytes(length), UTF_8));
        }
        return new Answer(head.status(), head.headers(), body.toString());
    }

    /// All bytes that are left, until the server closes.
    public byte[] rest() throws IOException {
        return in.readAllBytes();
    }

    /// Reads one chunk of a body; empty for the last.
    public String chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        String chunk = new String(in.readNBytes(length), UTF_8);
        line();
        return chunk;
    }

    /// Whether the server has closed the connection; waits for its next sign.
    public boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
