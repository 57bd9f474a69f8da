package io.sagebench.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.latency.LatencyReading.Problem;
import io.sagebench.engine.latency.LatencyReading.Read;
import io.sagebench.engine.latency.LatencyReading.Wrong;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyFlagsTest {
    @Test
    void readsTimesWithAUnitAndNumbersOfMilliseconds() {
        var read = (Read) LatencyFlags.changed(
                Latencies.NONE, Map.of("time-to-first-token", "1.5s", "inter-token-latency", "20", "prefill-overhead", "0.5"));
        assertThat(read.latencies().firstToken()).isEqualTo(new Spread(1_500_000_000, 0));
        assertThat(read.latencies().interToken()).isEqualTo(new Spread(20_000_000, 0));
        assertThat(read.latencies().prefill().baseNanos()).isEqualTo(500_000);
    }

    @Test
    void changesOnlyWhatIsNamedAndReadsWhatItWrites() {
        var first = (Read) LatencyFlags.changed(
                Latencies.NONE,
                Map.of(
                        "time-to-first-token", "200ms",
                        "time-to-first-token-std-dev", "60ms",
                        "latency-calculator", "per-token",
                        "time-factor-under-load", "1.5"));
        var second = (Read) LatencyFlags.changed(first.latencies(), Map.of("inter-token-latency", "7ms"));
        assertThat(second.latencies().firstToken()).isEqualTo(new Spread(200_000_000, 60_000_000));
        assertThat(second.latencies().underLoad()).isEqualTo(1.5);
        Map<String, String> texts = LatencyFlags.texts(second.latencies());
        assertThat(texts).containsEntry("time-to-first-token", "200ms").containsEntry("time-factor-under-load", "1.5");
        assertThat(texts.keySet()).containsExactlyElementsOf(LatencyFlags.NAMES);
        assertThat(LatencyFlags.changed(Latencies.NONE, texts)).isEqualTo(second);
    }

    @Test
    void tellsAllMistakes() {
        var wrong = (Wrong) LatencyFlags.changed(
                Latencies.NONE,
                Map.of(
                        "time-to-first-token", "soon",
                        "inter-token-latency", "100ms",
                        "inter-token-latency-std-dev", "31ms",
                        "time-factor-under-load", "0.5",
                        "latency-calculator", "guess"));
        assertThat(wrong.problems())
                .containsExactlyInAnyOrder(
                        new Problem(
                                "time-to-first-token",
                                "must be a time such as 200ms, 1.5s or 2m, or a number of milliseconds, of at most a day,"
                                        + " but is 'soon'"),
                        new Problem(
                                "inter-token-latency-std-dev",
                                "must be at most 30 % of inter-token-latency, which is 100ms, but is '31ms'"),
                        new Problem("time-factor-under-load", "must be a number of at least 1, but is '0.5'"),
                        new Problem("latency-calculator", "must be constant, per-token or empty, but is 'guess'"));
    }
}
