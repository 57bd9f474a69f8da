package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sagebench.live.server.GenerationRequest.Delivery;
import io.sagebench.live.server.GenerationRequest.Length;
import io.sagebench.request.Priority;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationReaderTest {
    private static final String MESSAGES = "'messages':[{'role':'system','content':'abcd'},{'role':'user','content':'hello'}]";

    @Test
    void readsAChat() throws BadRequest {
        GenerationRequest request = chat(
                "'min_tokens':2,'max_tokens':5,'max_completion_tokens':9,'ignore_eos':true,'n':3,'stop':['a','b'],'temperature':1",
                "X-Request-ID",
                "r1",
                "X-Request-Priority",
                "high");
        assertThat(request.id().value()).isEqualTo("r1");
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.priority()).isEqualTo(Priority.HIGH);
        assertThat(request.prompts().getFirst().tokens()).isEqualTo(3);
        assertThat(request.prompts().getFirst().text()).isEqualTo("hello");
        assertThat(request.choices()).isEqualTo(3);
        assertThat(request.length()).isEqualTo(new Length(OptionalInt.of(9), 2, true));
        assertThat(request.delivery()).isEqualTo(Delivery.WHOLE);
    }

    @Test
    void aChatHasNoLimitOfItsOwnAndACompletionSixteen() throws BadRequest {
        assertThat(chat("'stop':'x'").length()).isEqualTo(new Length(OptionalInt.empty(), 0, false));
        assertThat(completion("'prompt':'a'").length()).isEqualTo(new Length(OptionalInt.of(16), 0, false));
    }

    @Test
    void aRequestThatNamesNoModelMeansAny() throws BadRequest {
        assertThat(read(TestCalls.chat("{'prompt':'a'}")).model()).isEqualTo("default");
        assertThat(catchThrowableOfType(
                        BadRequest.class, () -> read(TestCalls.chat("{'model':7,'prompt':'a'}"))))
                .isNotNull();
    }

    @Test
    void readsWhetherAnotherEngineHasComputedThePrompt() throws BadRequest {
        assertThat(chat("'n':1").prefilledElsewhere()).isFalse();
        assertThat(chat("'do_remote_prefill':true").prefilledElsewhere()).isTrue();
        assertThat(chat("'kv_transfer_params':{'do_remote_prefill':true}").prefilledElsewhere()).isTrue();
    }

    @Test
    void readsHowToStream() throws BadRequest {
        assertThat(chat("'stream':true").delivery()).isEqualTo(new Delivery(true, false, false));
        assertThat(chat("'stream':true,'stream_options':{'include_usage':true}").delivery())
                .isEqualTo(new Delivery(true, true, false));
        assertThat(chat("'stream':true,'stream_options':{'include_usage':true,'continuous_usage_stats':true}").delivery())
                .isEqualTo(new Delivery(true, true, true));
        assertThat(chat("'stream':true,'stream_options':{'continuous_usage_stats':true}").delivery())
                .isEqualTo(new Delivery(true, false, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'prompt':'abcde'            | 1 | 2
            'prompt':['abcde','x']      | 2 | 2
            'prompt':[5,6,7]            | 1 | 3
            'prompt':[[5,6,7,8],[9]]    | 2 | 4
            'prompt':''                 | 1 | 1
            """)
    void readsPromptsInAllForms(String prompt, int prompts, int tokensOfFirst) throws BadRequest {
        GenerationRequest request = completion(prompt);
        assertThat(request.prompts()).hasSize(prompts);
        assertThat(request.prompts().getFirst().tokens()).isEqualTo(tokensOfFirst);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'x':1                                   | prompt
            'prompt':7                              | prompt
            'prompt':[]                             | prompt
            'prompt':[true]                         | prompt[0]
            'prompt':['a',[]]                       | prompt[1]
            'prompt':[1,'a']                        | prompt[1]
            'prompt':[1,-1]                         | prompt[1]
            'prompt':'a','max_tokens':0             | max_tokens
            'prompt':'a','min_tokens':17            | min_tokens
            'prompt':'a','n':0                      | n
            'prompt':'a','n':129                    | n
            'prompt':['a','a','a','a','a','a','a','a','a','a','a','a','a','a','a','a','a'],'n':121 | n
            'prompt':'a','echo':'yes'               | echo
            'prompt':'a','stop':3                   | stop
            'prompt':'a','stop':[3]                 | stop
            'prompt':'a','stream_options':{}        | stream_options
            'prompt':'a','stream':true,'stream_options':1 | stream_options
            'prompt':'a','ignore_eos':1             | ignore_eos
            """)
    void namesTheFieldThatIsWrong(String fields, String field) {
        BadRequest bad = catchThrowableOfType(BadRequest.class, () -> completion(fields));
        assertThat(bad.error().status()).isEqualTo(400);
        assertThat(bad.error().param()).contains(field);
        assertThat(bad).hasMessageContaining(field);
    }

    @Test
    void promptsOfChatsThatBeginAlikeShareTheirBeginning() throws BadRequest {
        var one = messages("{'role':'system','content':'abcdefgh'},{'role':'user','content':'xxxx'}");
        var other = messages("{'role':'system','content':'abcdefgh'},{'role':'user','content':'yyyy'}");
        assertThat(one.content().digest(0, 2)).isEqualTo(other.content().digest(0, 2));
        assertThat(one.content().digest(0, 3)).isNotEqualTo(other.content().digest(0, 3));
    }

    @Test
    void itMattersWhoSaysWhat() throws BadRequest {
        var user = messages("{'role':'user','content':'abcdefgh'}");
        var system = messages("{'role':'system','content':'abcdefgh'}");
        var twoMessages = messages("{'role':'user','content':'abcd'},{'role':'user','content':'efgh'}");
        assertThat(user.tokens()).isEqualTo(twoMessages.tokens());
        assertThat(user.content().digest(0, 2))
                .isNotEqualTo(system.content().digest(0, 2))
                .isNotEqualTo(twoMessages.content().digest(0, 2));
    }

    private static Prompt messages(String messages) throws BadRequest {
        return readChat(TestCalls.chat("{'model':'m','messages':[" + messages + "]}"))
                .prompts()
                .getFirst();
    }

    private static GenerationRequest chat(String fields, String... headers) throws BadRequest {
        return readChat(TestCalls.chat("{'model':'m'," + MESSAGES + "," + fields + "}", headers));
    }

    private static GenerationRequest completion(String fields) throws BadRequest {
        return read(TestCalls.chat("{'model':'m'," + fields + "}"));
    }

    private static GenerationRequest read(HttpCall call) throws BadRequest {
        return GenerationReader.completion(call, JsonBody.of(call), Prompts.ESTIMATED);
    }

    private static GenerationRequest readChat(HttpCall call) throws BadRequest {
        return GenerationReader.chat(call, JsonBody.of(call), Prompts.ESTIMATED);
    }
}
