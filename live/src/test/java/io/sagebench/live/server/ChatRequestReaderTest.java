package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sagebench.live.server.ChatRequest.Delivery;
import io.sagebench.live.server.ChatRequest.Hints;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestReaderTest {

    @Test
    void readsAFullRequest() throws BadRequest {
        var request = ChatRequestReader.read(TestCalls.chat("""
                {'model': 'm', 'messages': [{'role': 'system', 'content': '12345678'},
                  {'role': 'user', 'content': [{'type': 'text', 'text': '1234'}, {'type': 'text', 'text': '5'}]},
                  {'role': 'assistant', 'content': null, 'tool_calls': []}],
                 'max_tokens': 7, 'stream': true, 'stream_options': {'include_usage': true}, 'ignore_eos': true,
                 'min_tokens': 7, 'temperature': 0.1, 'something_new': {}}""",
                "X-Request-ID", "abc", "X-Request-Priority", "high", "X-SLO-Deadline-Ms", "1500.5", "X-SLO-TTFT-Ms", "200",
                "X-SLO-TBT-Ms", "50", "X-Tenant-Id", "t1", "X-Predicted-Output-Tokens", "5"));
        assertThat(request)
                .isEqualTo(new ChatRequest(
                        new RequestId("abc"),
                        "m",
                        4, // 13 characters
                        7,
                        Delivery.STREAM_WITH_USAGE,
                        new Hints(
                                Priority.HIGH,
                                new ServiceLevel(
                                        Optional.of(Duration.ofNanos(1_500_500_000)),
                                        Optional.of(Duration.ofMillis(200)),
                                        Optional.of(Duration.ofMillis(50))),
                                Caller.tenant("t1"),
                                OptionalInt.of(5))));
    }

    @Test
    void hasDefaultsForAllThatIsNotSaid() throws BadRequest {
        var request = ChatRequestReader.read(
                TestCalls.chat("{'model': 'm', 'messages': [{'role': 'user', 'content': ''}], 'max_tokens': null}"));
        assertThat(request.promptTokens()).isEqualTo(1);
        assertThat(request.maxOutputTokens()).isEqualTo(256);
        assertThat(request.delivery()).isEqualTo(Delivery.WHOLE);
        assertThat(request.hints()).isEqualTo(Hints.NONE);
        assertThat(request.id().value()).startsWith("req-").hasSize(20);
    }

    @Test
    void prefersTheNewNameOfTheTokenLimit() throws BadRequest {
        var request = ChatRequestReader.read(TestCalls.chat(
                "{'model':'m','messages':[{'role':'user','content':'x'}],'max_tokens':5,'max_completion_tokens':9}"));
        assertThat(request.maxOutputTokens()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'messages': [{'role': 'user', 'content': 'x'}]} | model",
                "{'model': 7, 'messages': [{'role': 'user', 'content': 'x'}]} | model",
                "{'model': 'm'} | messages",
                "{'model': 'm', 'messages': []} | messages",
                "{'model': 'm', 'messages': ['x']} | messages[0]",
                "{'model': 'm', 'messages': [{'content': 'x'}]} | messages[0].role",
                "{'model': 'm', 'messages': [{'role': 'user'}]} | messages[0].content",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': 1}]} | messages[0].content",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': [{'type': 'image_url'}]}]} | messages[0].content[0]",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': 'x'}], 'max_tokens': 0} | max_tokens",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': 'x'}], 'max_tokens': 1.5} | max_tokens",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': 'x'}], 'max_tokens': '9'} | max_tokens",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': 'x'}], 'max_tokens': 99999999999} | max_tokens",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': 'x'}], 'min_tokens': 300} | min_tokens",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': 'x'}], 'stream': 'yes'} | stream",
                "{'model': 'm', 'messages': [{'role': 'user', 'content': 'x'}], 'stream_options': 1} | stream_options",
                "{'model':'m','messages':[{'role':'user','content':'x'}],'stream_options':{'include_usage': 1}} | stream_options.include_usage"
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        ApiError error = errorOf(TestCalls.chat(body));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.param()).contains(field);
        assertThat(error.message()).startsWith(field);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Request-Priority, urgent",
        "X-SLO-Deadline-Ms, soon",
        "X-SLO-Deadline-Ms, 0",
        "X-SLO-TTFT-Ms, -1",
        "X-SLO-TTFT-Ms, NaN",
        "X-SLO-TBT-Ms, 1e300",
        "X-Predicted-Output-Tokens, 2.5",
        "X-Predicted-Output-Tokens, 0"
    })
    void namesTheHeaderThatIsWrong(String header, String value) {
        ApiError error = errorOf(
                TestCalls.chat("{'model':'m','messages':[{'role':'user','content':'x'}]}", header, value));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.param()).contains(header);
        assertThat(error.message()).contains(header).contains("'" + value + "'");
    }

    @Test
    void saysWhereABodyStopsBeingJson() {
        ApiError error = errorOf(TestCalls.chat("{'model': 'm',\n 'messages': oops}"));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.code()).contains("invalid_json");
        assertThat(error.message()).contains("line 2");
    }

    @ParameterizedTest
    @CsvSource({"[]", "7", "''"})
    void wantsAnObject(String body) {
        assertThat(errorOf(TestCalls.chat(body)).code()).contains("invalid_json");
    }

    private static ApiError errorOf(HttpCall call) {
        return catchThrowableOfType(BadRequest.class, () -> ChatRequestReader.read(call)).error();
    }
}
