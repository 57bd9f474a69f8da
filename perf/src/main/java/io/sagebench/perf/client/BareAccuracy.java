package io.sagebench.perf.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sagebench.metrics.Samples;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// The baselines of accuracy: how late a thread wakes that parks until each Poisson arrival and does nothing else, and how long after the
/// server's write a thread that blocks on one socket has the bytes.
final class BareAccuracy {
    private final Settings settings;

    BareAccuracy(Settings settings) {
        this.settings = settings;
    }

    /// Lateness of parking, in nanoseconds.
    Samples parkLateness() {
        SplittableRandom chance = new Seed(42).generator();
        var lateness = new Samples();
        double due = System.nanoTime();
        long count = (long) (settings.perSecond() * settings.seconds() / 2);
        for (long i = 0; i < count; i++) {
            due += -Math.log1p(-chance.nextDouble()) / settings.perSecond() * 1e9;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos((long) due - System.nanoTime());
            }
            lateness.add(System.nanoTime() - (long) due);
        }
        return lateness;
    }

    /// From a token's write to its read by a blocking thread, in nanoseconds: many tokens on one connection with nothing else going on.
    Samples readDelay() throws IOException {
        int tokens = 200;
        var delay = new Samples();
        String body = "{\"max_tokens\":" + tokens + "}";
        String head = "POST / HTTP/1.1\r\nX-Log: 1\r\nX-Gap-Micros: 5000\r\nX-Request-ID: bare\r\nContent-Length: " + body.length()
                + "\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), settings.port())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write((head + body).getBytes(US_ASCII));
            List<Long> readAt = new ArrayList<>();
            byte[] window = new byte[64 * 1024];
            InputStream in = socket.getInputStream();
            int bytesRead = 0;
            while (bytesRead < StreamBytes.responseBytes(tokens)) {
                bytesRead += in.read(window);
                long nowNanoTime = System.nanoTime();
                while (readAt.size() < tokens && bytesRead >= StreamBytes.bytesUpTo(readAt.size() + 1)) {
                    readAt.add(nowNanoTime);
                }
            }
            socket.getOutputStream().write("GET /log HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            String log = new String(window, 0, in.read(window), US_ASCII);
            String[] parts = log.substring(log.indexOf("bare")).split(" ", -1);
            for (int i = 1; i <= tokens; i++) {
                delay.add(readAt.get(i - 1) - Long.parseLong(parts[i].strip()));
            }
        }
        return delay;
    }
}
