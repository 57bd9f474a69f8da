package io.sagebench.live.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawAnswerTest {
    @Test
    void findsTheTextOfEveryFormOfContent() {
        assertThat(text(
                        "{'choices':[{'delta':{'reasoning_content':'hm, '}}]}",
                        "{'choices':[{'index':0,'delta':{'content':'gr\u00fc\\u00DF'}}]}",
                        "{'choices':[{'text':' dich'}]}",
                        "{'choices':[{'message':{'role':'assistant','content':'!'}}]}"))
                .isEqualTo("hm, gr\u00fc\u00df dich!");
    }

    @Test
    void whatIsNoTextAddsNone() {
        assertThat(text("{'choices':[]}", "{'choices':[{'delta':{'content':null,'tool_calls':[{}]}}]}", "no JSON", "")).isEmpty();
    }

    private static String text(String... pieces) {
        return new RawAnswer((String.join("\0", pieces) + "\0").replace('\'', '"').getBytes(UTF_8)).text();
    }
}
