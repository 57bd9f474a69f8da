package io.sagebench.engine.sim.multimodel;

import static io.sagebench.engine.sim.multimodel.CardTrial.having;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.engine.LateTimeline;
import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.engine.stepped.SteppedSequence.KvPlace;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Times are worked out by hand for the card of [CardTrial], where a byte takes a microsecond on the link.
class SimulatedCardTest {

    @Test
    void aSwitchTakesItsWeightsOverTheLinkAndTheFixedTime() {
        var trial = new CardTrial();
        assertThat(trial.card.loaded()).isEmpty();
        assertThat(trial.card.switchTo("a", trial.end("switch"))).isTrue();
        assertThat(trial.card.isBusy()).isTrue();
        assertThat(trial.card.loaded()).as("while it switches").isEmpty();
        assertThat(trial.microsUntil("switch")).isEqualTo(4_000 + 1_000);
        assertThat(trial.card.loaded()).contains("a");
        assertThat(trial.card.isBusy()).isFalse();
        assertThat(trial.card.freeKvBytes()).isEqualTo(6_000);
        trial.card.switchTo("b", trial.end("back"));
        assertThat(trial.microsUntil("back")).isEqualTo(3_000 + 1_000);
        assertThat(trial.card.freeKvBytes()).as("the weights of a are gone").isEqualTo(7_000);
    }

    @Test
    void prefetchedWeightsLeaveOnlyTheFixedTime() {
        CardTrial trial = having("a");
        assertThat(trial.card.prefetch("b", trial.end("prefetch"))).isTrue();
        assertThat(trial.card.freeKvBytes()).as("taken at once").isEqualTo(3_000);
        assertThat(trial.card.prefetched()).as("on its way").isEmpty();
        assertThat(trial.microsUntil("prefetch")).isEqualTo(3_000);
        assertThat(trial.card.prefetched()).containsExactly("b");
        trial.card.switchTo("b", trial.end("switch"));
        assertThat(trial.card.prefetched()).isEmpty();
        assertThat(trial.microsUntil("switch")).isEqualTo(1_000);
        assertThat(trial.card.freeKvBytes()).isEqualTo(7_000);
    }

    @Test
    void aSwitchDuringThePrefetchWaitsForItsRest() {
        CardTrial trial = having("a");
        long fromNanos = trial.timeline.nowNanos();
        trial.card.prefetch("b", trial.end("prefetch"));
        trial.timeline.after(2_000_000, () -> trial.card.switchTo("b", trial.end("switch")));
        trial.timeline.run();
        assertThat(trial.microsSince(fromNanos, "prefetch")).isEqualTo(3_000);
        assertThat(trial.microsSince(fromNanos, "switch")).isEqualTo(3_000 + 1_000);
    }

    @Test
    void theWeightsOfASwitchWaitForTheKvCachesOnTheLink() {
        CardTrial trial = having("a");
        SteppedSequence sequence = trial.prefilled("a", 100, 5);
        trial.card.kvOut(sequence, trial.end("out")); // 100 * 10 bytes
        trial.card.switchTo("b", trial.end("switch"));
        assertThat(trial.microsUntil("switch")).isEqualTo(1_000 + 3_000 + 1_000);
    }

    @Test
    void whatASwitchWouldTakeIsWhatItTakes() {
        CardTrial trial = having("a");
        assertThat(trial.card.switchNanos("a")).isZero();
        assertThat(trial.card.switchNanos("b")).isEqualTo(trial.card.costs().coldSwitchNanos("b")).isEqualTo(4_000_000);
        trial.card.kvOut(trial.prefilled("a", 100, 5), () -> {});
        assertThat(trial.card.switchNanos("b")).as("behind a KV cache").isEqualTo(5_000_000);
        trial.card.prefetch("b", () -> {});
        assertThat(trial.card.switchNanos("b")).as("as a prefetch behind a KV cache").isEqualTo(5_000_000);
        trial.timeline.after(1_500_000, () -> {
            assertThat(trial.card.switchNanos("b")).as("half a millisecond later").isEqualTo(3_500_000);
        });
        trial.timeline.run();
        assertThat(trial.card.switchNanos("b")).as("ready").isEqualTo(1_000_000);
    }

    @Test
    void aPrefillComputesThePromptAndBringsTheFirstToken() {
        CardTrial trial = having("a");
        SteppedSequence sequence = trial.sequence("a", 100, 3);
        assertThat(trial.card.prefill(sequence, trial.end("prefill"))).isTrue();
        assertThat(sequence.generatedTokens()).as("not yet").isZero();
        // 1 ms + 100 * 10 us
        assertThat(trial.microsUntil("prefill")).isEqualTo(2_000);
        assertThat(trial.card.costs().prefillNanos("a", 100)).isEqualTo(2_000_000);
        assertThat(sequence.generatedTokens()).isEqualTo(1);
        assertThat(sequence.contextTokens()).isEqualTo(100);
        assertThat(sequence.kvPlace()).isEqualTo(KvPlace.ON_DEVICE);
        assertThat(trial.card.freeKvBytes()).isEqualTo(6_000 - 1_000);
    }

    @Test
    void aStepGrowsEachContextByOne() {
        CardTrial trial = having("a");
        SteppedSequence one = trial.prefilled("a", 100, 3);
        SteppedSequence other = trial.prefilled("a", 50, 2);
        List<SteppedSequence> both = List.of(one, other);
        // 1 ms + 2 * 10 us + (101 + 51) * 2 us
        assertThat(trial.card.costs().stepNanos(both)).isEqualTo(1_324_000);
        trial.card.step(both, trial.end("first"));
        assertThat(trial.microsUntil("first")).isEqualTo(1_324);
        assertThat(other.isComplete()).isTrue();
        // 1 ms + 10 us + 102 * 2 us
        trial.card.step(List.of(one), trial.end("second"));
        assertThat(trial.microsUntil("second")).isEqualTo(1_214);
        assertThat(one.generatedTokens()).isEqualTo(3);
        assertThat(one.contextTokens()).isEqualTo(102);
        assertThat(trial.card.freeKvBytes()).isEqualTo(6_000 - 1_020 - 510);
    }

    @Test
    void theLinkMovesOneThingAtATimeBesideTheProcessor() {
        CardTrial trial = having("a");
        SteppedSequence stays = trial.prefilled("a", 10, 5);
        SteppedSequence out = trial.prefilled("a", 100, 5);
        SteppedSequence in = trial.onHost("a", 40, 5);
        long fromNanos = trial.timeline.nowNanos();
        trial.card.kvOut(out, trial.end("out"));
        assertThat(trial.card.prefetch("b", trial.end("prefetch"))).isTrue();
        assertThat(trial.card.kvIn(in, trial.end("in"))).isTrue();
        trial.card.step(List.of(stays), trial.end("step"));
        assertThat(List.of(out.kvPlace(), in.kvPlace())).containsExactly(KvPlace.MOVING_OUT, KvPlace.MOVING_IN);
        trial.timeline.run();
        assertThat(trial.microsSince(fromNanos, "step")).as("1 ms + 10 us + 11 * 2 us").isEqualTo(1_032);
        assertThat(trial.microsSince(fromNanos, "out")).isEqualTo(1_000);
        assertThat(trial.microsSince(fromNanos, "prefetch")).isEqualTo(1_000 + 3_000);
        assertThat(trial.microsSince(fromNanos, "in")).isEqualTo(1_000 + 3_000 + 400);
        assertThat(List.of(out.kvPlace(), in.kvPlace())).containsExactly(KvPlace.ON_HOST, KvPlace.ON_DEVICE);
        assertThat(trial.card.freeKvBytes()).isEqualTo(6_000 - 3_000 - 110 - 400);
    }

    @Test
    void aKvCacheKeepsItsModelAndMayStayOrComeWhileAnotherIsLoaded() {
        CardTrial trial = having("a");
        SteppedSequence stays = trial.prefilled("a", 10, 5);
        SteppedSequence moved = trial.onHost("a", 20, 5);
        trial.card.switchTo("b", () -> {});
        trial.timeline.run();
        assertThat(stays.kvPlace()).isEqualTo(KvPlace.ON_DEVICE);
        trial.card.kvIn(moved, () -> {});
        trial.card.switchTo("a", () -> {});
        trial.timeline.run();
        assertThat(trial.card.step(List.of(stays, moved), trial.end("step"))).isTrue();
        assertThat(trial.microsUntil("step")).isEqualTo(1_000 + 20 + 2 * (11 + 21));
    }

    @Test
    void whatFindsNoRoomIsRefusedAndChangesNothing() {
        CardTrial trial = having("a");
        SteppedSequence moved = trial.onHost("a", 100, 5);
        SteppedSequence full = trial.prefilled("a", 600, 5);
        assertThat(trial.card.freeKvBytes()).isZero();
        assertThat(trial.card.prefill(trial.sequence("a", 1, 1), trial.end("prefill"))).isFalse();
        assertThat(trial.card.step(List.of(full), trial.end("step"))).isFalse();
        assertThat(trial.card.kvIn(moved, trial.end("in"))).isFalse();
        assertThat(trial.card.prefetch("b", trial.end("prefetch"))).isFalse();
        assertThat(trial.card.switchTo("c", trial.end("switch"))).isFalse();
        assertThat(trial.card.switchTo("b", trial.end("b"))).as("b takes less than a gives back").isTrue();
        assertThat(trial.microsUntil("b")).isEqualTo(4_000);
        assertThat(trial.card.freeKvBytes()).isEqualTo(1_000);
        assertThat(List.of(moved.kvPlace(), full.kvPlace())).containsExactly(KvPlace.ON_HOST, KvPlace.ON_DEVICE);
    }

    @Test
    void droppedWeightsGiveTheirRoomBack() {
        CardTrial trial = having("a");
        trial.card.prefetch("b", () -> {});
        trial.timeline.run();
        trial.card.drop("b");
        assertThat(trial.card.freeKvBytes()).isEqualTo(6_000);
        assertThat(trial.card.switchNanos("b")).isEqualTo(4_000_000);
    }

    @Test
    void whatIsReleasedIsFreeAtTheEndOfWhatUsesIt() {
        CardTrial trial = having("a");
        SteppedSequence stepping = trial.prefilled("a", 10, 5);
        SteppedSequence beside = trial.prefilled("a", 10, 5);
        trial.card.step(List.of(stepping, beside), trial.end("step"));
        trial.card.release(stepping);
        assertThat(trial.card.freeKvBytes()).as("the step still writes to it").isEqualTo(6_000 - 2 * 110);
        assertThat(trial.microsUntil("step")).isEqualTo(1_000 + 20 + 2 * 22);
        assertThat(trial.card.freeKvBytes()).isEqualTo(6_000 - 110);
        assertThat(stepping.generatedTokens()).as("nobody gets that token").isEqualTo(1);
        trial.card.release(beside);
        trial.card.release(beside);
        assertThat(trial.card.freeKvBytes()).isEqualTo(6_000);
        SteppedSequence prefilling = trial.sequence("a", 10, 5);
        trial.card.prefill(prefilling, trial.end("prefill"));
        trial.card.release(prefilling);
        trial.microsUntil("prefill");
        assertThat(trial.card.freeKvBytes()).isEqualTo(6_000);
    }

    @Test
    void aReleasedKvCacheThatStillWaitsForTheLinkIsNotMoved() {
        CardTrial trial = having("a");
        SteppedSequence underWay = trial.prefilled("a", 100, 5);
        SteppedSequence queued = trial.prefilled("a", 100, 5);
        SteppedSequence coming = trial.onHost("a", 100, 5);
        long fromNanos = trial.timeline.nowNanos();
        trial.card.kvOut(underWay, trial.end("under way"));
        trial.card.kvOut(queued, trial.end("queued"));
        trial.card.kvIn(coming, trial.end("coming"));
        trial.card.prefetch("b", trial.end("prefetch"));
        List.of(underWay, queued, coming).forEach(trial.card::release);
        trial.timeline.run();
        assertThat(trial.microsSince(fromNanos, "under way")).isEqualTo(1_000);
        assertThat(trial.microsSince(fromNanos, "queued")).isEqualTo(1_000);
        assertThat(trial.microsSince(fromNanos, "coming")).isEqualTo(1_000);
        assertThat(trial.microsSince(fromNanos, "prefetch")).isEqualTo(1_000 + 3_000);
        assertThat(trial.card.freeKvBytes()).isEqualTo(3_000);
    }

    @Test
    void misuseIsAMistakeOfTheCaller() {
        assertMistake("the processor is busy with a step", trial -> {
            SteppedSequence sequence = trial.prefilled("a", 10, 5);
            trial.card.step(List.of(sequence), () -> {});
            trial.card.step(List.of(sequence), () -> {});
        });
        assertMistake("the processor is busy with a switch to b", trial -> {
            trial.card.switchTo("b", () -> {});
            trial.card.prefill(trial.sequence("b", 10, 5), () -> {});
        });
        assertMistake("its model is not loaded: job-0 (b, KV cache NOWHERE)", trial ->
                trial.card.prefill(trial.sequence("b", 10, 5), () -> {}));
        assertMistake("no step is possible: job-0 (a, KV cache ON_HOST)", trial ->
                trial.card.step(List.of(trial.onHost("a", 10, 5)), () -> {}));
        assertMistake("no step is possible: job-0 (a, KV cache ON_DEVICE)", trial ->
                trial.card.step(List.of(trial.prefilled("a", 10, 1)), () -> {})); // complete
        assertMistake("a step needs sequences: []", trial -> trial.card.step(List.of(), () -> {}));
        assertMistake("a step takes each sequence once: job-0 (a, KV cache ON_DEVICE, computing)", trial -> {
            SteppedSequence sequence = trial.prefilled("a", 10, 5);
            trial.card.step(List.of(sequence, sequence), () -> {});
        });
        assertMistake("it has had its prefill: job-0 (a, KV cache ON_DEVICE)", trial ->
                trial.card.prefill(trial.prefilled("a", 10, 5), () -> {}));
        assertMistake("it was released: job-0 (a, KV cache NOWHERE, released)", trial -> {
            SteppedSequence sequence = trial.prefilled("a", 10, 5);
            trial.card.release(sequence);
            trial.card.step(List.of(sequence), () -> {});
        });
        assertMistake("no KV cache to move out: job-0 (a, KV cache ON_DEVICE, computing)", trial -> {
            SteppedSequence sequence = trial.prefilled("a", 10, 5);
            trial.card.step(List.of(sequence), () -> {});
            trial.card.kvOut(sequence, () -> {});
        });
        assertMistake("no KV cache to move in: job-0 (a, KV cache ON_DEVICE)", trial ->
                trial.card.kvIn(trial.prefilled("a", 10, 5), () -> {}));
        assertMistake("already loaded: a", trial -> trial.card.switchTo("a", () -> {}));
        assertMistake("already loaded: a", trial -> trial.card.prefetch("a", () -> {}));
        assertMistake("already prefetched: b", trial -> {
            trial.card.prefetch("b", () -> {});
            trial.card.prefetch("b", () -> {});
        });
        assertMistake("no prefetched weights to drop: b", trial -> {
            trial.card.prefetch("b", () -> {});
            trial.card.drop("b");
        });
        assertMistake("job-0 (a, KV cache NOWHERE) belongs to another card", trial ->
                trial.card.prefill(having("a").sequence("a", 10, 5), () -> {}));
    }

    private static void assertMistake(String message, Consumer<CardTrial> mistake) {
        assertThatThrownBy(() -> mistake.accept(having("a"))).isInstanceOf(IllegalStateException.class).hasMessage(message);
    }

    @Test
    void whatTheCardCannotDoAtAllIsRefusedAtOnce() {
        CardTrial trial = having("a");
        assertThatThrownBy(() -> trial.card.switchTo("z", () -> {})).hasMessage("test has no model 'z', only [a, b, c]");
        assertThatThrownBy(() -> trial.sequence("a", 10, 0)).hasMessage("job job-0 is to be embedded, which no step does");
        assertThat(trial.card.costs().mostTokens("a")).as("by the model").isEqualTo(500);
        assertThat(trial.card.costs().mostTokens("c")).as("by the memory its weights leave").isEqualTo(100);
    }

    @Test
    void whatALiveTimelineIsLateByDoesNotAddUp() {
        var trial = new CardTrial();
        var card = new SimulatedCard(new LateTimeline(trial.timeline, 100_000), CardTrial.PROFILE);
        card.switchTo("a", () -> card.switchTo("b", () -> card.switchTo("a", trial.end("third"))));
        // 5 + 4 + 5 ms, two ends each, and late once
        assertThat(trial.microsUntil("third")).isEqualTo(14_000 + 100);
    }
}
