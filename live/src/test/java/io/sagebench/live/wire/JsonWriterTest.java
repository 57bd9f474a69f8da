package io.sagebench.live.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonWriterTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain words", "\"quoted\" \\ \n\r\t\b\f\u0001\u001f", "é ß ÿ", "漢字 \u2028", "😀 in the middle 🏴"})
    void writesWhatAJsonLibraryReads(String text) {
        assertThat(JsonMapper.shared().readTree(written(text)).stringValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00b", "\uD83Dx"})
    void aLoneSurrogateBecomesAnEscape(String text) {
        assertThat(written(text)).contains("\\ud").doesNotContain("?");
    }

    private static String written(String text) {
        var bytes = new GrowingBytes();
        JsonWriter.string(bytes, text);
        return new String(bytes.array(), 0, bytes.size(), UTF_8);
    }
}
