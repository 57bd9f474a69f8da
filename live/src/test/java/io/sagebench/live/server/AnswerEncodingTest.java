package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sagebench.live.server.AnswerEncoding.Choice;
import io.sagebench.live.server.metrics.FinishReason;
import io.sagebench.request.RequestId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerEncodingTest {
    private static final Usage USAGE = new Usage(3, 1, 2);

    private final AnswerEncoding encoding = encoding(ApiShape.CHAT, 1);

    @Test
    void encodesTheRole() {
        assertThat(new String(encoding.opening(0, Optional.empty()), UTF_8)).isEqualTo("""
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
    void endsAChoiceWithTheReason() {
        assertThat(new String(encoding.ending(0, FinishReason.LENGTH, Optional.empty()), UTF_8)).isEqualTo("""
                data: {"id":"chatcmpl-r\\"1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":\
                [{"index":0,"delta":{},"finish_reason":"length"}]}

                """);
    }

    @Test
    void encodesTheUsageAsAnEventWithoutChoices() {
        assertThat(new String(encoding.usage(USAGE), UTF_8)).endsWith("""
                "created":1700000000,"model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,\
                "total_tokens":5,"prompt_tokens_details":{"cached_tokens":1}}}

                """);
    }

    @Test
    void encodesAWholeAnswer() {
        assertThat(new String(encoding.whole(List.of(new Choice(" the and", FinishReason.LENGTH)), USAGE), UTF_8)).isEqualTo("""
                {"id":"chatcmpl-r\\"1","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,\
                "message":{"role":"assistant","content":" the and"},"finish_reason":"length"}],"usage":{"prompt_tokens":3,\
                "completion_tokens":2,"total_tokens":5,"prompt_tokens_details":{"cached_tokens":1}}}""");
    }

    @Test
    void encodesSeveralCompletions() {
        var completions = encoding(ApiShape.COMPLETIONS, 2);
        assertThat(completions.opening(1, Optional.empty())).isEmpty();
        assertThat(read(completions.tokens(UnpooledByteBufAllocator.DEFAULT, 1, AnswerText.WORDS, 0, 2)))
                .isEqualTo("""
                data: {"id":"cmpl-r\\"1","object":"text_completion","created":1700000000,"model":"m","choices":\
                [{"index":1,"text":" the and","logprobs":null,"finish_reason":null}]}

                """);
        assertThat(new String(
                        completions.whole(
                                List.of(new Choice(" the", FinishReason.STOP), new Choice("", FinishReason.LENGTH)), USAGE),
                        UTF_8))
                .contains("\"choices\":[{\"index\":0,\"text\":\" the\",\"logprobs\":null,\"finish_reason\":\"stop\"},"
                        + "{\"index\":1,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"length\"}],\"usage\":");
    }

    @Test
    void putsTheUsageSoFarIntoEachEventWhereAskedFor() {
        assertThat(read(encoding.tokens(
                        UnpooledByteBufAllocator.DEFAULT, 0, AnswerText.WORDS, 0, 1, new Usage(3, 1, 1))))
                .endsWith("\"finish_reason\":null}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,"
                        + "\"total_tokens\":4}}\n\n");
    }

    private static AnswerEncoding encoding(ApiShape shape, int choices) {
        return new AnswerEncoding(shape, new RequestId("r\"1"), "m", 1_700_000_000, choices);
    }

    private String text(int from, int count) {
        return read(encoding.tokens(UnpooledByteBufAllocator.DEFAULT, 0, AnswerText.WORDS, from, count));
    }

    private static String read(ByteBuf event) {
        try {
            return event.toString(UTF_8);
        } finally {
            event.release();
        }
    }
}
