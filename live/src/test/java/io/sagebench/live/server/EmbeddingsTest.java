package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.ServedModels;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

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
}
