package io.sagebench.live.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ChunkScannerTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{'choices':[{'index':0,'delta':{'content':'a'},'finish_reason':null}]}",
        "{'choices':[{'delta':{'role':'assistant','content':' '}}]}",
        "{'choices':[{'delta':{'content':null,'reasoning_content':'hm'}}]}",
        "{'choices':[{'delta':{'reasoning':'hm'}}]}",
        "{'choices':[{'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{'}}]}}]}",
        "{'choices':[{'text':'a'}]}",
        "{'choices':[{'message':{'role':'assistant','content':'a'}}]}",
        " \n{ 'id' : 'x' , 'choices' : [ { 'delta' : { 'content' : '\\n' } } , 7 ] } ",
    })
    void seesContent(String chunk) {
        assertThat(scanned(chunk).hasContent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}",
        "{'choices':[]}",
        "{'choices':null,'usage':null,'error':null}",
        "{'choices':[{'delta':{'role':'assistant','content':''}}]}",
        "{'choices':[{'delta':{'role':'assistant'}}]}",
        "{'choices':[{'delta':{'content':null,'tool_calls':[],'reasoning':''}}]}",
        "{'choices':[{'delta':{}},{'delta':{'content':'second choice'}}]}",
        "{'choices':[{'content':'not in delta','logprobs':{'content':[{'token':'a'}]}}]}",
        "{'delta':{'content':'not in choices'},'content':'a','text':'b'}",
        "{'choices':[{'text':''}]}",
        "{'choices':[null,{'text':'a'}]}",
        "{'choices':{'delta':{'content':'a'}}}",
    })
    void seesNoContentElsewhere(String chunk) {
        ChunkScanner scanner = scanned(chunk);
        assertThat(scanner.hasContent()).isFalse();
        assertThat(scanner.hasFinishReason()).isFalse();
        assertThat(scanner.hasUsage()).isFalse();
        assertThat(scanner.isError()).isFalse();
    }

    @Test
    void seesTheFinishReason() {
        assertThat(scanned("{'choices':[{'delta':{},'finish_reason':'stop'}]}").hasFinishReason()).isTrue();
        assertThat(scanned("{'choices':[{'delta':{},'finish_reason':null}]}").hasFinishReason()).isFalse();
        assertThat(scanned("{'choices':[{'delta':{'finish_reason':'stop'}}],'finish_reason':'stop'}").hasFinishReason())
                .isFalse();
    }

    @Test
    void readsUsage() {
        ChunkScanner scanner = scanned("{'choices':[],'usage':{'prompt_tokens':11,'total_tokens':15,"
                + "'completion_tokens':4,'prompt_tokens_details':{'cached_tokens':8,'audio_tokens':null}}}");
        assertThat(scanner.hasUsage()).isTrue();
        assertThat(scanner.hasChoice()).isFalse();
        assertThat(scanner.promptTokens()).isEqualTo(11);
        assertThat(scanner.completionTokens()).isEqualTo(4);
        assertThat(scanner.cachedTokens()).isEqualTo(8);
    }

    @Test
    void aCountThatIsNoneIsNotTold() {
        ChunkScanner scanner = scanned("{'usage':{'prompt_tokens':-1,'completion_tokens':4.5,'prompt_tokens_details':null}}");
        assertThat(scanner.hasUsage()).isTrue();
        assertThat(scanner.promptTokens()).isEqualTo(ChunkScanner.NOT_TOLD);
        assertThat(scanner.completionTokens()).isEqualTo(ChunkScanner.NOT_TOLD);
        assertThat(scanner.cachedTokens()).isEqualTo(ChunkScanner.NOT_TOLD);
    }

    @Test
    void isNotFooledByContentThatLooksLikeJson() {
        ChunkScanner scanner = scanned("{'choices':[{'delta':{'content':'\\\"usage\\\":{\\\"completion_tokens\\\":9},"
                + "\\\"error\\\":1}]}\\\\'}}],'x':'\\u0022usage'}");
        assertThat(scanner.hasContent()).isTrue();
        assertThat(scanner.hasUsage()).isFalse();
        assertThat(scanner.isError()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'error':{'message':'boom','type':'server_error','code':500}}",
        "{'error':'boom'}",
        "{'object':'error','message':'boom','type':'BadRequestError'}",
    })
    void seesAnError(String chunk) {
        assertThat(scanned(chunk).isError()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "7", "[]", "null", "{", "{'a'}", "{'a':}", "{'a':1,}", "{'a':1}x", "{'a':01}", "{'a':1.}", "{'a':tru}", "{'a':+1}",
        "{'a':'\\x'}", "{'a':'\\u12g4'}", "{'a':'unended}", "{'a':'line\nend'}", "{a:1}", "{'a':[1 2]}", "{'a':[1,]}", "{'a':1e}", "{'a':NaN}",
    })
    void refusesWhatIsNotAJsonObject(String chunk) {
        byte[] bytes = chunk.replace('\'', '"').getBytes(UTF_8);
        assertThat(new ChunkScanner().scan(bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void refusesToGoDeeperThanReason() {
        byte[] bytes = ("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}").getBytes(UTF_8);
        assertThat(new ChunkScanner().scan(bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void agreesWithAJsonLibraryAboutWhatIsJson() {
        var chance = new SplittableRandom(3);
        String alphabet = "{}[]:,\"\\u0041 abntrue1-.eE9";
        String seed = "{\"choices\":[{\"delta\":{\"content\":\"a\\u00e9\\n\"},\"n\":-1.5e+3,\"t\":true}],\"usage\":null}";
        var mapper = JsonMapper.builder().build();
        int agreedValid = 0;
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(seed);
            for (int i = chance.nextInt(3); i > 0; i--) {
                text.setCharAt(chance.nextInt(text.length()), alphabet.charAt(chance.nextInt(alphabet.length())));
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            boolean valid = isObject(mapper, bytes);
            assertThat(new ChunkScanner().scan(bytes, 0, bytes.length)).as("%s", text).isEqualTo(valid);
            agreedValid += valid ? 1 : 0;
        }
        assertThat(agreedValid).isGreaterThan(5_000);
    }

    private static boolean isObject(JsonMapper mapper, byte[] bytes) {
        try (var parser = mapper.createParser(bytes)) {
            var tree = parser.readValueAsTree();
            return tree instanceof tools.jackson.databind.JsonNode node && node.isObject() && parser.nextToken() == null;
        } catch (JacksonException _) {
            return false;
        }
    }

    private static ChunkScanner scanned(String chunk) {
        byte[] bytes = ("??" + chunk.replace('\'', '"') + "}}").getBytes(UTF_8);
        var scanner = new ChunkScanner();
        assertThat(scanner.scan(bytes, 2, bytes.length - 2)).isTrue();
        return scanner;
    }
}
