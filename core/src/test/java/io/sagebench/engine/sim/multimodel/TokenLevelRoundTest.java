package io.sagebench.engine.sim.multimodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.engine.stepped.SteppedSequence.KvPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// Drives a card as Aegaeon's decode instances do (Xiang et al., SOSP 2025): weighted round robin over one batch a model, KV caches and the next
/// model's weights moved beside the computing. A round must then take `c + sum(q)`, with c the sum of the switch times and
/// `q_k = c / (n_k * (alpha - S))` the quotas.
///
/// The card: a link of 10 GB/s, 0.5 s fixed for a switch, so that `c` is 1 s once weights are prefetched. Both models have 10 GB of weights and
/// 1 MB of KV cache a token. A step of model a takes 25 ms, one of model b 50 ms: with a TBT limit of 100 ms, `n` is 4 and 2.
class TokenLevelRoundTest {
    private static final double TBT_SECONDS = 0.1;
    private static final double QMAX_SECONDS = 4;
    private static final MultiModelProfile PROFILE = new MultiModelProfile(
            "round",
            25_000_000_000L,
            10e9,
            500_000_000,
            Map.of(
                    "a", new CardModel(10_000_000_000L, 1_000_000, 20_000, CardTrial.steps(25, 0, 0)),
                    "b", new CardModel(10_000_000_000L, 1_000_000, 20_000, CardTrial.steps(50, 0, 0))));

    private final CardTrial trial = new CardTrial(PROFILE);
    private final SimulatedCard card = trial.card;
    private final List<Turn> turns = new ArrayList<>();

    /// Switched, first and last moment of decoding, and when the moves beside it were over; all in seconds.
    private record Turn(String model, double switchedAt, double decodedAt, double movedAt) {}

    /// `alpha = max(c / (min_n * QMAX) + S, 0.5)` with `S = sum(1 / n_k)`, and `q_k = c / (n_k * (alpha - S))`.
    private record Quotas(double alpha, List<Double> seconds) {
        static Quotas of(double switchSeconds, double qmaxSeconds, double... n) {
            double s = DoubleStream.of(n).map(each -> 1 / each).sum();
            double least = DoubleStream.of(n).min().orElseThrow();
            double alpha = Math.max(switchSeconds / (least * qmaxSeconds) + s, 0.5);
            return new Quotas(alpha, DoubleStream.of(n).map(each -> switchSeconds / (each * (alpha - s))).boxed().toList());
        }
    }

    @Test
    void theQuotasAreThoseWorkedOutBefore() {
        assertThat(Quotas.of(1, 4, 4, 2).seconds()).containsExactly(2.0, 4.0);
        assertThat(Quotas.of(3, 3, 4).seconds()).containsExactly(3.0);
        assertThat(Quotas.of(3, 4, 4, 4, 4).seconds()).containsExactly(4.0, 4.0, 4.0);
        assertThat(Quotas.of(1, 4, 4).seconds()).containsExactly(1.0);
    }

    @Test
    void aRoundTakesItsSwitchesAndItsQuotas() {
        double na = TBT_SECONDS * 1e9 / card.costs().stepNanos("a", 2, 2000);
        double nb = TBT_SECONDS * 1e9 / card.costs().stepNanos("b", 1, 1000);
        double switchSeconds = 1;
        Quotas quotas = Quotas.of(switchSeconds, QMAX_SECONDS, na, nb);
        assertThat(quotas.alpha()).isEqualTo(0.875);
        double quotaA = quotas.seconds().getFirst();
        double quotaB = quotas.seconds().getLast();

        List<SteppedSequence> batchB = prefill("b", 1);
        List<SteppedSequence> batchA = prefill("a", 2);
        card.prefetch("b", () -> {});
        trial.timeline.run();
        double beganAt = seconds();
        int rounds = 3;
        rounds(rounds, batchA, quotaA, batchB, quotaB);
        trial.timeline.run();

        double roundSeconds = switchSeconds + quotaA + quotaB;
        for (int i = 0; i < rounds; i++) {
            double roundBeganAt = beganAt + i * roundSeconds;
            Turn b = turns.get(2 * i);
            Turn a = turns.get(2 * i + 1);
            assertThat(b.switchedAt()).isCloseTo(roundBeganAt + 0.5, within(1e-9));
            assertThat(b.decodedAt()).isCloseTo(roundBeganAt + 0.5 + 4, within(1e-9));
            assertThat(a.switchedAt()).isCloseTo(roundBeganAt + 0.5 + 4 + 0.5, within(1e-9));
            assertThat(a.decodedAt()).as("c + sum of the quotas").isCloseTo(roundBeganAt + roundSeconds, within(1e-9));
            // beside the decoding of b: the two caches of a leave (1,000 tokens and 80 more a round, 0.1 ms each), its weights come (1 s), and the
            // caches return
            double cachesOfA = 2 * (1_000 + 80 * i) * 1e-4;
            assertThat(b.movedAt()).isCloseTo(b.switchedAt() + cachesOfA + 1 + cachesOfA, within(1e-9)).isLessThan(b.decodedAt());
            double cacheOfB = (1_000 + 80 * (i + 1)) * 1e-4;
            assertThat(a.movedAt()).isCloseTo(a.switchedAt() + cacheOfB + 1 + cacheOfB, within(1e-9)).isLessThan(a.decodedAt());
        }
        // each stream played n_k * q_k seconds in a round of alpha times as long: it keeps up
        assertThat(batchA).allMatch(sequence -> sequence.generatedTokens() == 1 + rounds * 80);
        assertThat(batchB).allMatch(sequence -> sequence.generatedTokens() == 1 + rounds * 80);
        assertThat(80 * TBT_SECONDS).isCloseTo(roundSeconds / quotas.alpha(), within(1e-9));
    }

    private List<SteppedSequence> prefill(String model, int count) {
        card.switchTo(model, () -> {});
        trial.timeline.run();
        List<SteppedSequence> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(trial.prefilled(model, 1_000, 10_000));
        }
        return batch;
    }

    private void rounds(int left, List<SteppedSequence> batchA, double quotaA, List<SteppedSequence> batchB, double quotaB) {
        if (left > 0) {
            Runnable again = () -> rounds(left - 1, batchA, quotaA, batchB, quotaB);
            turn("b", batchB, quotaB, batchA, () -> turn("a", batchA, quotaA, batchB, again));
        }
    }

    /// Switches, decodes for the quota, and meanwhile takes the other batch out and, with its weights, back in.
    private void turn(String model, List<SteppedSequence> batch, double quotaSeconds, List<SteppedSequence> other, Runnable next) {
        card.switchTo(model, () -> {
            double switchedAt = seconds();
            double[] movedAt = {0};
            swap(other, () -> movedAt[0] = seconds());
            decode(batch, switchedAt + quotaSeconds, () -> {
                turns.add(new Turn(model, switchedAt, seconds(), movedAt[0]));
                next.run();
            });
        });
    }

    private void swap(List<SteppedSequence> batch, Runnable done) {
        String model = batch.getFirst().model();
        for (SteppedSequence sequence : batch) {
            card.kvOut(sequence, () -> {
                if (sequence == batch.getLast()) {
                    card.prefetch(model, () -> batch.forEach(each -> card.kvIn(each, each == batch.getLast() ? done : () -> {})));
                }
            });
        }
    }

    private void decode(List<SteppedSequence> batch, double untilSeconds, Runnable done) {
        if (seconds() >= untilSeconds - 1e-9) {
            done.run();
        } else {
            assertThat(batch).allMatch(sequence -> sequence.kvPlace() == KvPlace.ON_DEVICE);
            card.step(batch, () -> decode(batch, untilSeconds, done));
        }
    }

    private double seconds() {
        return trial.timeline.nowNanos() / 1e9;
    }
}
