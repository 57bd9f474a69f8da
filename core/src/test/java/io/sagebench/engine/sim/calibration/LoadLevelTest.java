package io.sagebench.engine.sim.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadLevelTest {

    @Test
    void cutsALogWhereNothingIsUnderWay() {
        var levels = LoadLevel.cut(List.of(request(50, 60, 90), request(0, 10, 40), request(20, 30, 45), request(45, 46, 47)));
        assertThat(levels).extracting(level -> level.requests().size()).containsExactly(2, 1, 1);
        assertThat(levels.getFirst().requests()).extracting(ObservedRequest::sentAtNanos).containsExactly(0L, 20L);
    }

    @Test
    void countsTheTokensThatAreUnderWayAtOnce() {
        assertThat(new LoadLevel("x", List.of(request(0, 10, 40), request(20, 30, 45), request(40, 46, 47))).mostTokens()).isEqualTo(220);
    }

    @Test
    void refusesTimesThatCannotBe() {
        assertThatThrownBy(() -> request(5, 5, 9)).hasMessage("the time of the first token must be at least 6, but was 5");
        assertThatThrownBy(() -> request(0, 5, 4)).hasMessage("the time of the last token must be at least 5, but was 4");
    }

    @Test
    void refusesMoreTokensThanThereCanBe() {
        assertThatThrownBy(() -> new ObservedRequest(0, 2_000_000_000, 2_000_000_000, 1, 2))
                .hasMessage("prompt tokens must be at most 10000000, but was 2000000000");
        assertThat(new ObservedRequest(0, ObservedRequest.MOST_TOKENS, ObservedRequest.MOST_TOKENS, 1, 2).totalTokens()).isEqualTo(20_000_000);
    }

    private static ObservedRequest request(long sentAtNanos, long firstAtNanos, long lastAtNanos) {
        return new ObservedRequest(sentAtNanos, 100, 10, firstAtNanos, lastAtNanos);
    }
}
