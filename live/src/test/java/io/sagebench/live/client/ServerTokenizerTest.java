package io.sagebench.live.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.Adjustable;
import io.sagebench.live.server.EngineServer;
import io.sagebench.live.server.FakeEngine;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.live.server.ServerSettings;
import java.net.BindException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerTokenizerTest {
    @Test
    void asksTheServer() throws BindException {
        var timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
        timeline.start();
        var options = MockEngineOptions.DEFAULT;
        try (timeline;
                var server = new EngineServer(
                        timeline, new FakeEngine(timeline, 1), Adjustable.NOTHING, options, ServerSettings.onLoopback(0));
                var tokenizer = at("http://127.0.0.1:" + server.port())) {
            assertThat(tokenizer.countPrompt("abcdefgh")).hasValue(2);
            assertThat(tokenizer.countChat("abcdefghi")).hasValue(3);
            assertThat(tokenizer.encode("abcdefgh")).hasSize(2);
        }
    }

    @Test
    void aServerThatIsNotThereSaysNothing() {
        try (var tokenizer = at("http://127.0.0.1:1")) {
            assertThat(tokenizer.countPrompt("abcdefgh")).isEmpty();
        }
    }

    private static ServerTokenizer at(String url) {
        return new ServerTokenizer(URI.create(url), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
