package io.sagebench.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What holds for every timeline.
public interface TimelineContract {

    /// Runs `script` on the thread of a fresh timeline, then fires until `done`, which is asked on that thread too. Throws what an action threw.
    void play(Consumer<Timeline> script, BooleanSupplier done);

    @Test
    default void firesInTheOrderOfTheTimes() {
        var fired = new ArrayList<String>();
        play(
                timeline -> {
                    long nowNanos = timeline.nowNanos();
                    timeline.at(nowNanos + 3_000_000, () -> fired.add("third"));
                    timeline.at(nowNanos + 1_000_000, () -> fired.add("first"));
                    timeline.at(nowNanos + 2_000_000, () -> fired.add("second"));
                },
                () -> fired.size() == 3);
        assertThat(fired).containsExactly("first", "second", "third");
    }

    @Test
    default void firesWhatIsDueTogetherInTheOrderOfArming() {
        var fired = new ArrayList<Integer>();
        var expected = new ArrayList<Integer>();
        play(
                timeline -> {
                    long sameNanos = timeline.nowNanos() + 1_000_000;
                    for (int i = 0; i < 200; i++) {
                        int number = i;
                        expected.add(number);
                        timeline.at(sameNanos, () -> fired.add(number));
                    }
                },
                () -> fired.size() == 200);
        assertThat(fired).isEqualTo(expected);
    }

    @Test
    default void firesEarlyTimersFirstByRankAndInTheOrderTheyWereMade() {
        var fired = new ArrayList<String>();
        play(
                timeline -> {
                    long sameNanos = timeline.nowNanos() + 1_000_000;
                    Timer third = timeline.earlyTimer(1, () -> fired.add("early 3"));
                    Timer first = timeline.earlyTimer(0, () -> fired.add("early 1"));
                    Timer second = timeline.earlyTimer(0, () -> fired.add("early 2"));
                    timeline.at(sameNanos, () -> fired.add("late"));
                    third.armAt(sameNanos);
                    second.armAt(sameNanos);
                    first.armAt(sameNanos);
                    timeline.at(sameNanos - 1, () -> fired.add("before"));
                },
                () -> fired.size() == 5);
        assertThat(fired).containsExactly("before", "early 1", "early 2", "early 3", "late");
    }

    @Test
    default void neverFiresBeforeTheTime() {
        var earlyNanos = new ArrayList<Long>();
        play(
                timeline -> {
                    long nowNanos = timeline.nowNanos();
                    for (int i = 0; i < 50; i++) {
                        long whenNanos = nowNanos + i * 50_000L;
                        timeline.at(whenNanos, () -> earlyNanos.add(whenNanos - timeline.nowNanos()));
                    }
                },
                () -> earlyNanos.size() == 50);
        assertThat(earlyNanos).allMatch(nanos -> nanos <= 0);
    }

    @Test
    default void runsWhatIsPastAsSoonAsPossibleAndAfterTheActionThatArmedIt() {
        var ran = new ArrayList<String>();
        play(
                timeline -> timeline.after(1_000, () -> {
                    timeline.at(timeline.nowNanos() - 500, () -> ran.add("past"));
                    ran.add("armed it");
                }),
                () -> ran.size() == 2);
        assertThat(ran).containsExactly("armed it", "past");
    }

    @Test
    default void whatIsOverdueStillFiresInTheOrderOfItsTimes() {
        var fired = new ArrayList<String>();
        play(
                timeline -> {
                    timeline.at(30, () -> fired.add("third")); // overdue at once where time runs by itself
                    timeline.at(10, () -> fired.add("first"));
                    timeline.at(20, () -> fired.add("second"));
                },
                () -> fired.size() == 3);
        assertThat(fired).containsExactly("first", "second", "third");
    }

    @Test
    default void aCancelledTimerDoesNotFire() {
        var fired = new ArrayList<String>();
        play(
                timeline -> {
                    long nowNanos = timeline.nowNanos();
                    Timer cancelled = timeline.at(nowNanos + 1_000_000, () -> fired.add("cancelled"));
                    timeline.at(nowNanos + 2_000_000, () -> fired.add("kept"));
                    assertThat(cancelled.isArmed()).isTrue();
                    cancelled.cancel();
                    cancelled.cancel();
                    assertThat(cancelled.isArmed()).isFalse();
                },
                () -> fired.size() == 1);
        assertThat(fired).containsExactly("kept");
    }

    @Test
    default void armingAgainMovesATimerAndCountsAsArmedLast() {
        var fired = new ArrayList<String>();
        play(
                timeline -> {
                    long sameNanos = timeline.nowNanos() + 2_000_000;
                    Timer moved = timeline.at(sameNanos, () -> fired.add("moved"));
                    timeline.at(sameNanos, () -> fired.add("other"));
                    moved.armAt(sameNanos);
                },
                () -> fired.size() == 2);
        assertThat(fired).containsExactly("other", "moved");
    }

    @Test
    default void aTimerCanArmItselfAgain() {
        var firedAtNanos = new ArrayList<Long>();
        play(
                timeline -> {
                    var timer = new ArrayList<Timer>();
                    timer.add(timeline.timer(() -> {
                        assertThat(timer.getFirst().isArmed()).isFalse();
                        firedAtNanos.add(timeline.nowNanos());
                        if (firedAtNanos.size() < 5) {
                            timer.getFirst().armAt(timeline.nowNanos() + 10_000);
                        }
                    }));
                    timer.getFirst().armAt(0);
                },
                () -> firedAtNanos.size() == 5);
        assertThat(firedAtNanos).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void anActionThatThrowsEndsTheRun() {
        var fired = new ArrayList<String>();
        assertThatThrownBy(() -> play(
                        timeline -> {
                            long nowNanos = timeline.nowNanos();
                            timeline.at(nowNanos + 1_000_000, () -> {
                                throw new IllegalStateException("broken action");
                            });
                            timeline.at(nowNanos + 2_000_000, () -> fired.add("after"));
                        },
                        () -> false))
                .hasMessage("broken action");
        assertThat(List.copyOf(fired)).isEmpty();
    }
}
