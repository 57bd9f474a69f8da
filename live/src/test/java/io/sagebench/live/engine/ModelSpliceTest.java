package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSpliceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "{\"model\":\"a\",\"n\":1}|{\"model\":\"b\\\"c\",\"n\":1}",
        "{ \"n\" : 1e400 , \"model\" :  \"é\\u00e9\" }|{ \"n\" : 1e400 , \"model\" :  \"b\\\"c\" }",
        "{\"x\":{\"model\":\"a\"},\"y\":[{\"model\":\"a\"}],\"model\":\"a\"}|{\"x\":{\"model\":\"a\"},\"y\":[{\"model\":\"a\"}],\"model\":\"b\\\"c\"}",
        "{\"model\":\"a\",\"model\":\"z\"}|{\"model\":\"b\\\"c\",\"model\":\"b\\\"c\"}",
        "{\"model\":null}|{\"model\":\"b\\\"c\"}",
        "{\"ü\":\"漢字 😀\",\"model\":\"a\",\"z\":\"ß\"}|{\"ü\":\"漢字 😀\",\"model\":\"b\\\"c\",\"z\":\"ß\"}",
        "{ \"n\":1}|{\"model\":\"b\\\"c\", \"n\":1}",
    })
    void changesTheModelAndNothingElse(String before, String after) {
        assertThat(new String(ModelSplice.withModel(before.getBytes(UTF_8), "b\"c"), UTF_8)).isEqualTo(after);
    }

    @Test
    void keepsALongBodyAsItIs() {
        String long1 = "x".repeat(100_000);
        String body = "{\"a\":\"" + long1 + "\",\"model\":\"m\",\"b\":[" + "1,".repeat(50_000) + "1]}";
        assertThat(new String(ModelSplice.withModel(body.getBytes(UTF_8), "other"), UTF_8))
                .isEqualTo(body.replace("\"model\":\"m\"", "\"model\":\"other\""));
    }

    @Test
    void keepsAByteOrderMark() {
        String body = "\ufeff{\"n\":1, \"model\":\"a\"}";
        assertThat(new String(ModelSplice.withModel(body.getBytes(UTF_8), "b"), UTF_8)).isEqualTo(body.replace("\"a\"", "\"b\""));
        assertThat(new String(ModelSplice.withModel("\ufeff{\"n\":1}".getBytes(UTF_8), "b"), UTF_8))
                .isEqualTo("\ufeff{\"model\":\"b\",\"n\":1}");
    }

    @Test
    void whatIsNoObjectIsABug() {
        assertThatThrownBy(() -> ModelSplice.withModel("[]".getBytes(UTF_8), "m")).isInstanceOf(IllegalArgumentException.class);
    }
}
