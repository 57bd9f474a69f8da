package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.Ask;
import io.sagebench.engine.PromptContent;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.engine.SelfSigned;
import io.sagebench.live.net.ServerIdentity;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What clients send stands in no log, at no level, whatever goes wrong.
@Timeout(60)
class NoRequestTextInLogsTest {
    private static final String SECRET = "xyzzy-plugh";

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.sagebench");
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage() + " " + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };
    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 1);
    private final ControlPlane controlPlane = new ControlPlane(
            timeline, Policies.installed(), "fifo", List.of(engine), QueueLimits.DEFAULT, new Seed(1), () -> 0);

    @BeforeEach
    void listen() {
        appender.start();
        ours.setLevel(Level.TRACE);
        ours.addAppender(appender);
        timeline.start();
    }

    @AfterEach
    void stop() {
        timeline.close();
        ours.detachAppender(appender);
        ours.setLevel(null);
    }

    @Test
    void aPlainRequestToATlsPortIsNotQuoted(@TempDir Path folder) throws Exception {
        SelfSigned.in(folder);
        ServerSettings secure = ServerSettings.onLoopback(0)
                .with(ServerIdentity.read(folder.resolve("cert.pem"), folder.resolve("key.pem")));
        try (var server = new ControlPlaneServer(timeline, controlPlane, Policies.installed(), secure);
                var client = new RawHttp(server.port()).send(asking())) {
            client.rest();
            await().until(() -> !logged.isEmpty());
        }
        assertNothingTold();
    }

    @Test
    void malformedAndRefusedRequestsAreNotQuoted() throws IOException {
        try (var server = new ControlPlaneServer(timeline, controlPlane, Policies.installed(), ServerSettings.onLoopback(0))) {
            for (String request : List.of(
                    asking().replace("{", "["), asking().replace("HTTP/1.1", "HTTP/9 " + SECRET), asking().replace("\"m\"", "\"z\""),
                    asking().replace("Authorization: Bearer ", "Authorization\u0001: "))) {
                try (var client = new RawHttp(server.port()).send(request)) {
                    assertThat(client.head().status()).isBetween(400, 499);
                }
            }
        }
        assertNothingTold();
    }

    @Test
    void descriptionsOfRequestsHoldNoText() {
        var prompt = Ask.prompt(
                RequestType.LLM_CHAT, "m", 3, 4, PromptContent.ofText(SECRET));
        var texts = Ask.embedding("m", new Ask.Texts(List.of(3), "{instruction=" + SECRET + "}"), PromptContent.unique(1));
        assertThat(prompt.toString() + texts).doesNotContain(SECRET).contains("a text of 11 characters");
    }

    private static String asking() {
        return RawHttp.chat(
                "{'model':'m','messages':[{'role':'user','content':'" + SECRET + "'}],'max_tokens':2}",
                "Authorization: Bearer " + SECRET);
    }

    /// Neither as text nor as the hexadecimal digits of its bytes.
    private void assertNothingTold() {
        var digits = new StringBuilder();
        SECRET.chars().forEach(c -> digits.append(Integer.toHexString(c)));
        assertThat(logged).noneMatch(line -> line.contains(SECRET) || line.contains(digits));
    }
}
