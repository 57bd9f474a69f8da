package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.server.ChatRequest.Delivery;
import io.sagebench.live.server.ChatRequest.Hints;
import io.sagebench.request.RequestId;
import org.junit.jupiter.api.Test;

class ChatEncodingTest {
    private final ChatEncoding encoding = new ChatEncoding(
            new ChatRequest(new RequestId("r\"1"), "m", 3, 2, Delivery.STREAM, Hints.NONE), 1_700_000_000);

    @Test
    void encodesTheRole() {
        assertThat(new String(encoding.role(), UTF_8)).isEqualTo("""
                data: {"id":"chatcmpl-r\\"1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":\
                [{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

                """);
    }

    @Test
    void encodesATokenAsAWord() {
        assertThat(text(0, 1)).isEqualTo("""
                data: {"id":"chatcmpl-r\\"1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":\
                [{"index":0,"delta":{"content":" the"},"finish_reason":null}]}

                """);
    }

    @Test
    void encodesSeveralTokensAsOneEvent() {
        assertThat(text(1, 3)).contains("{\"content\":\" and for are\"}");
    }

    @Test
    void wordsRepeatInLongAnswers() {
        assertThat(text(31, 2)).contains("{\"content\":\" its the\"}");
    }

    @Test
    void endsAStreamWithTheReasonAndTheMark() {
        assertThat(new String(encoding.ending(new EngineResult(3, 1, 2), false), UTF_8)).isEqualTo("""
                data: {"id":"chatcmpl-r\\"1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":\
                [{"index":0,"delta":{},"finish_reason":"length"}]}

                data: [DONE]

                """);
    }

    @Test
    void putsTheUsageBeforeTheMark() {
        assertThat(new String(encoding.ending(new EngineResult(3, 1, 2), true), UTF_8)).endsWith("""
                "created":1700000000,"model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,\
                "total_tokens":5,"prompt_tokens_details":{"cached_tokens":1}}}

                data: [DONE]

                """);
    }

    @Test
    void encodesAWholeAnswer() {
        assertThat(new String(encoding.whole(new EngineResult(3, 1, 2)), UTF_8)).isEqualTo("""
                {"id":"chatcmpl-r\\"1","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,\
                "message":{"role":"assistant","content":" the and"},"finish_reason":"length"}],"usage":{"prompt_tokens":3,\
                "completion_tokens":2,"total_tokens":5,"prompt_tokens_details":{"cached_tokens":1}}}""");
    }

    private String text(int from, int count) {
        ByteBuf event = encoding.tokens(UnpooledByteBufAllocator.DEFAULT, from, count);
        try {
            return event.toString(UTF_8);
        } finally {
            event.release();
        }
    }
}
