package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Payload;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import org.junit.jupiter.api.Test;

class AnswerObserverTest {
    private static final EngineJob JOB = new EngineJob(new RequestId("r"), "m", Priority.NORMAL, 5, 9, Payload.NONE);
    private static final String ROLE = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\n";

    private final AnswerObserver stream = new AnswerObserver(true);

    @Test
    void countsOnlyEventsWithContent() {
        see(ROLE + FakeUpstream.token("a") + ": ping\n\n" + FakeUpstream.token("b") + "data: [DONE]\n\n");
        assertThat(stream.contentEvents()).isEqualTo(2);
        assertThat(stream.result(JOB)).isEqualTo(new EngineResult(5, 0, 2));
    }

    @Test
    void seesTheSameHoweverTheBytesAreCut() {
        for (byte b : (FakeUpstream.token("a") + USAGE).getBytes(UTF_8)) {
            stream.see(new byte[] {b}, 1);
        }
        assertThat(stream.contentEvents()).isEqualTo(1);
        assertThat(stream.result(JOB)).isEqualTo(new EngineResult(7, 2, 4));
    }

    @Test
    void noticesAnErrorInAStream() {
        see("data: {\"error\":{\"message\":\"x\"}}\n\n");
        assertThat(stream.hasError()).isTrue();
    }

    @Test
    void readsTheUsageOfAWholeAnswer() {
        var whole = new AnswerObserver(false);
        byte[] body = "{\"choices\":[{\"message\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":8}}"
                .getBytes(UTF_8);
        whole.see(body, body.length);
        assertThat(whole.contentEvents()).isZero();
        whole.end();
        assertThat(whole.contentEvents()).isEqualTo(1);
        assertThat(whole.result(JOB)).isEqualTo(new EngineResult(3, 0, 8));
    }

    private void see(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        stream.see(bytes, bytes.length);
    }
}
