package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sagebench.live.server.GatewayRequest.Delivery;
import io.sagebench.live.server.GatewayRequest.Form;
import io.sagebench.live.server.GatewayRequest.Hints;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayReaderTest {

    @Test
    void readsAFullRequest() throws BadRequest {
        var request = GatewayReader.chat(TestCalls.chat("""
                {'model': 'm', 'messages': [{'role': 'system', 'content': '12345678'},
                  {'role': 'user', 'content': [{'type': 'text', 'text': '1234'}, {'type': 'text', 'text': '5'}]},
                  {'role': 'assistant', 'content': null, 'tool_calls': []}],
                 'max_tokens': 7, 'stream': true, 'stream_options': {'include_usage': true}, 'ignore_eos': true,
                 'min_tokens': 7, 'temperature': 0.1, 'something_new': {}}""",
                "X-Request-ID", "abc", "X-Request-Priority", "high", "X-SLO-Deadline-Ms", "1500.5", "X-SLO-TTFT-Ms", "200",
                "X-SLO-TBT-Ms", "50", "X-Tenant-Id", "t1", "X-Predicted-Output-Tokens", "5"));
        assertThat(request.id()).isEqualTo(new RequestId("abc"));
        assertThat(request.ask().type()).isEqualTo(RequestType.LLM_CHAT);
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.ask().promptTokens()).as("13 characters").isEqualTo(4);
        assertThat(request.ask().maxOutputTokens()).isEqualTo(7);
        assertThat(request.form()).isEqualTo(new Form.Text(ApiShape.CHAT, Delivery.STREAM_WITH_USAGE));
        assertThat(request.hints())
                .isEqualTo(new Hints(
                        Priority.HIGH,
                        new ServiceLevel(
                                Optional.of(Duration.ofNanos(1_500_500_000)),
                                Optional.of(Duration.ofMillis(200)),
                                Optional.of(Duration.ofMillis(50))),
                        Caller.tenant("t1"),
                        OptionalInt.of(5)));
    }

    @Test
    void promptsThatBeginAlikeHaveContentThatBeginsAlike() throws BadRequest {
        String chat = "{'model':'m','messages':[{'role':'system','content':'SYSTEM PROMPT'},{'role':'user','content':'QUESTION'}]}";
        var one = GatewayReader.chat(TestCalls.chat(chat.replace("SYSTEM PROMPT", "be brief").replace("QUESTION", "what is a cat")));
        var other = GatewayReader.chat(TestCalls.chat(chat.replace("SYSTEM PROMPT", "be brief").replace("QUESTION", "what is a dog")));
        assertThat(one.ask().content().digest(0, 4)).isEqualTo(other.ask().content().digest(0, 4));
        assertThat(one.ask().content().digest(4, 6)).isNotEqualTo(other.ask().content().digest(4, 6));
    }

    @Test
    void theTenantIsTheBodysUserWhereNoHeaderSaysBetter() throws BadRequest {
        String body = "{'model':'m','messages':[{'role':'user','content':'x'}],'user':' u '}";
        assertThat(GatewayReader.chat(TestCalls.chat(body)).hints().caller()).isEqualTo(Caller.tenant("u"));
        assertThat(GatewayReader.chat(TestCalls.chat(body, "X-Tenant-Id", "t")).hints().caller()).isEqualTo(Caller.tenant("t"));
    }

    @Test
    void readsACompletion() throws BadRequest {
        var request = GatewayReader.completion(TestCalls.chat("{'model':'m','prompt':['12345678','1234'],'stream':true}"));
        assertThat(request.ask().type()).isEqualTo(RequestType.LLM_GENERATE);
        assertThat(request.ask().promptTokens()).isEqualTo(3);
        assertThat(request.ask().maxOutputTokens()).isEqualTo(16);
        assertThat(request.form()).isEqualTo(new Form.Text(ApiShape.COMPLETIONS, Delivery.STREAM));
    }

    @Test
    void readsTextsToEmbed() throws BadRequest {
        var request = GatewayReader.embedding(TestCalls.chat(
                "{'model':'e','input':['12345678','123'],'dimensions':8,'encoding_format':'base64'}", "X-Request-Type", "embedding"));
        assertThat(request.ask().texts().orElseThrow().tokens()).containsExactly(2, 1);
        assertThat(request.ask().promptTokens()).isEqualTo(3);
        assertThat(request.form()).isInstanceOf(Form.Vectors.class);
        assertThat(request.wantsStream()).isFalse();
    }

    /// What may not share a call with the plain text `x`.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'model':'e','input':['x','y'],'user':'someone','dimensions':null} | true",
                "{'model':'e','input':'x','dimensions':8} | false",
                "{'model':'e','input':'x','encoding_format':'base64'} | false",
                "{'model':'e','input':[1,2]} | false",
                "{'model':'e','input':[[1],[2]]} | false",
                "{'model':'e','input':'x','truncate_prompt_tokens':5} | false"
            })
    void onlyTextsOfTheSameFormGoTogether(String body, boolean together) throws BadRequest {
        String plain = GatewayReader.embedding(TestCalls.chat("{'model':'e','input':'x'}")).ask().texts().orElseThrow().form();
        assertThat(GatewayReader.embedding(TestCalls.chat(body)).ask().texts().orElseThrow().form().equals(plain)).isEqualTo(together);
    }

    @Test
    void theTypeThatAHeaderNamesMustBeTheEndpoints() {
        String body = "{'model':'m','messages':[{'role':'user','content':'x'}]}";
        ApiError error = errorOf(TestCalls.chat(body, "X-Request-Type", "embedding"));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message()).contains("X-Request-Type", "llm_chat", "'embedding'");
    }

    @Test
    void hasDefaultsForAllThatIsNotSaid() throws BadRequest {
        var request = GatewayReader.chat(
                TestCalls.chat("{'model': 'm', 'messages': [{'role': 'user', 'content': ''}], 'max_tokens': null}"));
        assertThat(request.ask().promptTokens()).isEqualTo(1);
        assertThat(request.ask().maxOutputTokens()).isEqualTo(256);
        assertThat(request.form()).isEqualTo(new Form.Text(ApiShape.CHAT, Delivery.WHOLE));
        assertThat(request.hints()).isEqualTo(Hints.NONE);
        assertThat(request.id().value()).startsWith("req-").hasSize(20);
    }

    @Test
    void prefersTheNewNameOfTheTokenLimit() throws BadRequest {
        var request = GatewayReader.chat(TestCalls.chat(
                "{'model':'m','messages':[{'role':'user','content':'x'}],'max_tokens':5,'max_completion_tokens':9}"));
        assertThat(request.ask().maxOutputTokens()).isEqualTo(9);
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

    /// Engines get the body as it is, and JSON between systems is UTF-8 (RFC 8259, 8.1).
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void takesJsonInUtf8Only(String charset) {
        String body = "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";
        ApiError error = errorOf(TestCalls.chat(body.getBytes(Charset.forName(charset))));
        assertThat(error.code()).contains("invalid_json");
        assertThat(error.message()).contains("UTF-8");
    }

    private static ApiError errorOf(HttpCall call) {
        return catchThrowableOfType(BadRequest.class, () -> GatewayReader.chat(call)).error();
    }
}
