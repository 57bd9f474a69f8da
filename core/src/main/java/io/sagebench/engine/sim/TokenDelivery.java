package io.sagebench.engine.sim;

import io.sagebench.engine.EngineResult;
import io.sagebench.time.TickLog;
import io.sagebench.time.TickSpan;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/// Brings the tokens of each step to their listeners, some time after the step: first the further tokens of those who want each, then first
/// tokens, then ends. And knows, for those who do not want each, how many have come without being told.
final class TokenDelivery {
    /// At any time all steps end before anything is delivered, in whichever engine.
    private static final int DELIVERY_RANK = 1;

    /// The tokens of one step.
    private static final class Batch {
        private final List<Sequence> sequences = new ArrayList<>();
        private int[] counts = new int[16];
        private boolean[] ends = new boolean[16];
        private long dueAtNanos;

        void add(Sequence sequence, int count) {
            if (sequences.size() == counts.length) {
                counts = Arrays.copyOf(counts, counts.length * 2);
                ends = Arrays.copyOf(ends, counts.length);
            }
            counts[sequences.size()] = count;
            ends[sequences.size()] = sequence.isComplete();
            sequences.add(sequence);
        }
    }

    private final Timeline timeline;
    private final TickLog ticks;
    private final long delayNanos;
    private final boolean tellsAll;
    private final Timer due;
    private final Deque<Batch> underWay = new ArrayDeque<>();
    private final Deque<Batch> spare = new ArrayDeque<>();
    private final List<Sequence> talking = new ArrayList<>();
    private Batch step = new Batch();

    /// @param tellsAll whether every token is told of, even to those who do not insist, since ticks do not say how many each brought
    TokenDelivery(Timeline timeline, TickLog ticks, long delayNanos, boolean tellsAll) {
        this.timeline = timeline;
        this.ticks = ticks;
        this.delayNanos = delayNanos;
        this.tellsAll = tellsAll;
        this.due = timeline.earlyTimer(DELIVERY_RANK, this::deliver);
    }

    /// A sequence has sampled tokens in the step that ends.
    void sampled(Sequence sequence, int count) {
        boolean first = sequence.generated == count;
        if (first || tellsAll || sequence.wantsEachToken || sequence.isComplete()) {
            step.add(sequence, count);
        }
    }

    /// The step has ended; what was sampled in it is on its way.
    void endStep(long nowNanos) {
        if (step.sequences.isEmpty()) {
            return;
        }
        step.dueAtNanos = nowNanos + delayNanos;
        underWay.addLast(step);
        if (underWay.size() == 1) {
            due.armAt(step.dueAtNanos);
        }
        Batch next = spare.pollFirst();
        step = next == null ? new Batch() : next;
    }

    /// A sequence's owner wants to hear no more, but when its tokens came.
    void cancelled(Sequence sequence) {
        if (sequence.talkingAt >= 0) {
            quiet(sequence);
            if (isSummedUp(sequence)) {
                sequence.events.tokensAt(sequence.rowsBefore(visibleTicks(), delayNanos));
            }
        }
    }

    /// Tokens that have come by now and were not told of.
    long untoldTokens() {
        if (tellsAll || talking.isEmpty()) {
            return 0;
        }
        long visible = visibleTicks();
        long untold = 0;
        for (int i = 0; i < talking.size(); i++) {
            Sequence sequence = talking.get(i);
            untold += sequence.tokensBefore(visible) - sequence.told;
        }
        return untold;
    }

    /// The same of one sequence.
    int untoldTokens(Sequence sequence) {
        return tellsAll || sequence.talkingAt < 0 ? 0 : sequence.tokensBefore(visibleTicks()) - sequence.told;
    }

    /// When the last of these came.
    OptionalLong lastUntoldAtNanos(Sequence sequence) {
        if (untoldTokens(sequence) == 0) {
            return OptionalLong.empty();
        }
        TickSpan lastRow = sequence.rowsBefore(visibleTicks(), delayNanos).getLast();
        return OptionalLong.of(lastRow.atNanos(lastRow.size() - 1));
    }

    private long visibleTicks() {
        return ticks.countUntil(timeline.nowNanos() - delayNanos);
    }

    private boolean isSummedUp(Sequence sequence) {
        return !tellsAll && !sequence.wantsEachToken;
    }

    private void deliver() {
        Batch batch = underWay.removeFirst();
        Batch next = underWay.peekFirst();
        if (next != null) {
            due.armAt(next.dueAtNanos);
        }
        ticks.passTo(batch.dueAtNanos - delayNanos); // where nobody asks for what is untold, old ticks must go nonetheless
        List<Sequence> sequences = batch.sequences;
        for (int i = 0; i < sequences.size(); i++) {
            Sequence sequence = sequences.get(i);
            if (sequence.told > 0 && !sequence.cancelled && !isSummedUp(sequence)) {
                tell(sequence, batch.counts[i]);
            }
        }
        for (int i = 0; i < sequences.size(); i++) {
            Sequence sequence = sequences.get(i);
            if (sequence.told == 0 && !sequence.cancelled) {
                sequence.talkingAt = talking.size();
                talking.add(sequence);
                tell(sequence, batch.counts[i]);
            }
        }
        for (int i = 0; i < sequences.size(); i++) {
            Sequence sequence = sequences.get(i);
            if (batch.ends[i] && !sequence.cancelled) {
                end(sequence);
            }
        }
        sequences.clear();
        spare.addFirst(batch);
    }

    private static void tell(Sequence sequence, int count) {
        sequence.told += count;
        sequence.events.tokens(count);
    }

    private void end(Sequence sequence) {
        quiet(sequence);
        if (isSummedUp(sequence)) {
            sequence.events.tokensAt(sequence.rowsBefore(Long.MAX_VALUE, delayNanos));
        }
        if (!sequence.cancelled) {
            sequence.events.finished(
                    new EngineResult(sequence.job.promptTokens(), sequence.cachedPromptTokens, sequence.generated));
        }
    }

    private void quiet(Sequence sequence) {
        Sequence moved = talking.removeLast();
        if (moved != sequence) {
            talking.set(sequence.talkingAt, moved);
            moved.talkingAt = sequence.talkingAt;
        }
        sequence.talkingAt = -1;
    }
}
