package io.sagebench.live.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sagebench.journal.RequestRecord;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Sends requests to a throwaway server in this process, so that the client's classes are loaded and compiled before the first request that
/// counts: without it that one leaves some 100 ms late, because a Java program is slowest at the beginning.
public final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int IN_FLIGHT = 4;
    private static final int MOST_REQUESTS = 2_000;
    private static final String EVENT = "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
            + "\"delta\":{\"content\":\"word\"},\"finish_reason\":null}],\"usage\":null}\n\n";
    private static final byte[] ANSWER = answer();

    private final ServerSocket server;
    private final LiveTimeline timeline;
    private final HttpLoadClient client;
    private final CountDownLatch ended = new CountDownLatch(IN_FLIGHT);
    private final long atMostNanos;
    private long untilNanos;
    private long next;

    private Rehearsal(ServerSocket server, Duration atMost) {
        this.server = server;
        var clock = new RunClock();
        atMostNanos = atMost.toNanos();
        timeline = new LiveTimeline("rehearsal", clock, _ -> {});
        var options = new ClientOptions(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true, false, Optional.empty());
        client = new HttpLoadClient(
                URI.create("http://127.0.0.1:" + server.getLocalPort()), options, clock, timeline);
    }

    /// Rehearses for so long, or less when that is enough; loading the classes comes on top. Blocks; not for a timeline. Does nothing where
    /// this process may not listen.
    public static void run(Duration atMost) {
        try (var server = new ServerSocket(0, IN_FLIGHT, InetAddress.ofLiteral("127.0.0.1"))) {
            new Rehearsal(server, atMost).run();
        } catch (IOException _) {
            // a slow first request is all that is lost
        }
    }

    private void run() {
        Thread.ofVirtual().name("rehearsal-server").start(this::accept);
        timeline.start();
        try (timeline;
                client) {
            timeline.execute(() -> {
                untilNanos = timeline.nowNanos() + atMostNanos;
                for (int i = 0; i < IN_FLIGHT; i++) {
                    sendNext();
                }
            });
            var _ = ended.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendNext() {
        long nowNanos = timeline.nowNanos();
        if (nowNanos > untilNanos || next == MOST_REQUESTS) {
            ended.countDown();
            return;
        }
        var request = new PlannedRequest(
                new RequestId("rehearsal-" + next),
                next,
                nowNanos,
                "default",
                Priority.NORMAL,
                ServiceLevel.endToEnd(Duration.ofSeconds(1)),
                100,
                10,
                new Seed(next));
        next++;
        // by a timer, as the load generator does it
        timeline.after(0, () -> client.send(request, this::ended));
    }

    private void ended(RequestRecord record) {
        if (record.isCompleted()) {
            sendNext();
        } else {
            ended.countDown();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return; // closed: the rehearsal is over
            }
        }
    }

    /// Answers each read as if it were a request, which it is: the client sends one at a time, in one write.
    private static void serve(Socket socket) {
        byte[] request = new byte[16 * 1024];
        try (socket) {
            while (socket.getInputStream().read(request) >= 0) {
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException _) {
            // the client has closed
        }
    }

    private static byte[] answer() {
        String body = EVENT.repeat(10)
                + EVENT.replace("\"content\":\"word\"", "").replace("null}],", "\"stop\"}],")
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10}}\n\ndata: [DONE]\n\n";
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Instance-Id: none\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n")
                .getBytes(US_ASCII);
    }
}
