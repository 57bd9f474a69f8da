package io.sagebench.policy.aegaeon;

import io.sagebench.engine.stepped.SteppedCosts;
import io.sagebench.engine.stepped.SteppedSequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The decoding sequences of one model on one card, and how far its part of the round has come. Where their KV caches do not fit the device
/// together, they form several batches, which have their turns one after another; first come, first served.
final class ModelShare {
    /// Tokens of room that each sequence of a batch must have left: four blocks of 16, as in the artifact of Aegaeon.
    static final int LOOKAHEAD_TOKENS = 64;
    /// The most sequences in one batch.
    static final int MOST_SEQUENCES = 256;

    private final String model;
    private final SteppedCosts costs;
    /// Those not in the batch, in the order in which they will be.
    private final Deque<SteppedSequence> others = new ArrayDeque<>();
    private final List<SteppedSequence> batch = new ArrayList<>();
    /// How long the batch has decoded of its quota.
    private long usedNanos;
    /// Whether the first step of its turn, from whose end the quota counts, has been taken.
    private boolean hasStepped;
    /// Turns it still has in this round, the one under way included.
    private int turnsLeft = 1;
    private long quotaNanos;

    ModelShare(String model, SteppedCosts costs) {
        this.model = model;
        this.costs = costs;
    }

    String model() {
        return model;
    }

    void add(SteppedSequence sequence) {
        if (fits(batch, sequence)) {
            batch.add(sequence);
        } else {
            others.addLast(sequence);
        }
    }

    void remove(SteppedSequence sequence) {
        if (!batch.remove(sequence)) {
            others.remove(sequence);
        }
        if (batch.isEmpty()) {
            form();
        }
    }

    boolean isEmpty() {
        return batch.isEmpty() && others.isEmpty();
    }

    int size() {
        return batch.size() + others.size();
    }

    /// Whose turn it is, or will be next.
    List<SteppedSequence> batch() {
        return batch;
    }

    /// Those that wait for another turn.
    Iterable<SteppedSequence> others() {
        return others;
    }

    /// The last of the batch waits for another turn: together they have outgrown the device.
    SteppedSequence split() {
        SteppedSequence last = batch.removeLast();
        others.addFirst(last);
        turnsLeft++;
        return last;
    }

    /// How many batches its sequences make.
    int batches() {
        return others.isEmpty() ? 1 : 1 + Math.ceilDiv(others.size(), Math.max(1, batch.size()));
    }

    private boolean fits(List<SteppedSequence> chosen, SteppedSequence another) {
        if (chosen.isEmpty()) {
            return true;
        }
        long tokens = (long) another.contextTokens() + LOOKAHEAD_TOKENS;
        for (SteppedSequence one : chosen) {
            tokens += (long) one.contextTokens() + LOOKAHEAD_TOKENS;
        }
        return chosen.size() < MOST_SEQUENCES && tokens * costs.kvBytesPerToken(model) <= costs.kvBytes(model);
    }

    /// A new round: its quotas count from nothing.
    void beginRound() {
        usedNanos = 0;
        hasStepped = false;
        turnsLeft = batches();
    }

    /// Whether it has had all its turns of this round.
    boolean isDone() {
        return turnsLeft <= 0;
    }

    void quotaNanos(long nanos) {
        quotaNanos = nanos;
    }

    void stepped(long nanos) {
        if (hasStepped) {
            usedNanos += nanos;
        }
        hasStepped = true;
    }

    long leftNanos() {
        return hasStepped ? quotaNanos - usedNanos : quotaNanos;
    }

    /// Ends a turn: the batch queues again behind the others, and the next one forms.
    void endTurn() {
        turnsLeft--;
        usedNanos = 0;
        hasStepped = false;
        others.addAll(batch);
        batch.clear();
        form();
    }

    private void form() {
        while (!others.isEmpty() && fits(batch, others.getFirst())) {
            batch.add(others.removeFirst());
        }
    }

    /// How long one step of its batch takes.
    long stepNanos() {
        return costs.stepNanos(batch);
    }
}
