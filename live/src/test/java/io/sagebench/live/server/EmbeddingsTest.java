package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.ServedModels;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {
    private static final EngineDescription ENGINE = new EngineDescription(
            new EngineId("e"),
            "test",
            ServedModels.of("m"),
            1,
            OptionalInt.empty(),
            OptionalLong.empty(),
            EngineSpeed.UNKNOWN_SERVER);

    private final Embeddings embeddings =
            new Embeddings(MockEngineOptions.DEFAULT, new AnswerLengths(MockEngineOptions.DEFAULT, ENGINE));

    @Test
    void vectorsHaveLengthOne() {
        double squares = 0;
        for (float each : embeddings.vector("some text", 384)) {
            squares += (double) each * each;
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
    }

    @Test
    void theSameTextHasTheSameVector() {
        assertThat(embeddings.vector("one", 16)).isEqualTo(embeddings.vector("one", 16));
        assertThat(embeddings.vector("one", 16)).isNotEqualTo(embeddings.vector("two", 16));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | input is required",
                "'input':null      | input is required",
                "'input':''        | input must not be an empty string",
                "'input':[]        | input must be a string, a list of strings",
                "'input':['a','']  | input[1] must not be an empty string",
                "'input':['']      | input[0] must not be an empty string",
                "'input':['a',[]]  | input[1] must be a string or a list of token ids, not empty",
                "'input':[[]]      | input[0] must be a string or a list of token ids, not empty",
                "'input':['a',1]   | input[1] must be a string or a list of token ids",
                "'input':5         | input must be a string, a list of strings",
                "'input':{}        | input must be a string, a list of strings"
            },
            quoteCharacter = '`')
    void noVectorIsAskedForNothing(String input, String message) {
        String body = "{'model':'m'" + (input.equals("''") ? "" : "," + input) + "}";
        refusedByBoth(body, message);
    }

    @Test
    void moreTextsThanARequestMayHaveAreRefused() {
        String most = "'a'" + ",'a'".repeat(Inputs.MOST - 1);
        assertThatCode(() -> embeddings.read(TestCalls.chat("{'input':[" + most + "]}"))).doesNotThrowAnyException();
        refusedByBoth("{'model':'m','input':[" + most + ",'a']}", "input must have at most 2048 texts, but has 2049");
    }

    private void refusedByBoth(String body, String message) {
        assertThatThrownBy(() -> GatewayReader.embedding(TestCalls.chat(body)))
                .isInstanceOfSatisfying(BadRequest.class, bad -> assertThat(bad.error().message()).startsWith(message));
        assertThatThrownBy(() -> embeddings.read(TestCalls.chat(body)))
                .isInstanceOfSatisfying(BadRequest.class, bad -> {
                    assertThat(bad.error().status()).isEqualTo(400);
                    assertThat(bad.error().message()).startsWith(message);
                    assertThat(bad.error().param().orElseThrow()).startsWith("input");
                });
    }
}
