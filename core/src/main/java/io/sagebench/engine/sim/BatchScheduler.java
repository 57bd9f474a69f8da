package io.sagebench.engine.sim;

import io.sagebench.engine.sim.EngineProfile.Order;
import io.sagebench.engine.sim.EngineProfile.Scheduler;
import io.sagebench.engine.sim.Sequence.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Decides what an engine computes in its next step, by the rules of vLLM's v1 scheduler: no phases; running sequences first, each up to the
/// token budget left; when KV blocks run out, one running sequence yields, loses all it computed and goes back to the queue; waiting
/// sequences are admitted in order, only in a step without preemption, and the first that does not fit blocks those behind it.
final class BatchScheduler {
    private final Scheduler limits;
    private final int draftTokens;
    private final KvCache kvCache;
    private final WaitingLine waiting;
    private final List<Sequence> running = new ArrayList<>();
    private final List<Sequence> yielded = new ArrayList<>();
    private boolean preempting;
    private long preemptions;
    private long prefixQueryTokens;
    private long prefixHitTokens;

    BatchScheduler(EngineProfile profile) {
        limits = profile.scheduler();
        draftTokens = profile.speculation().map(EngineProfile.Speculation::draftTokens).orElse(0);
        kvCache = new KvCache(profile.kvBlocks(), limits.blockSize(), limits.prefixCaching());
        waiting = new WaitingLine(limits.order());
    }

    KvCache kvCache() {
        return kvCache;
    }

    List<Sequence> running() {
        return running;
    }

    WaitingLine waiting() {
        return waiting;
    }

    long preemptions() {
        return preemptions;
    }

    long prefixQueryTokens() {
        return prefixQueryTokens;
    }

    long prefixHitTokens() {
        return prefixHitTokens;
    }

    /// Whether the last plan had to preempt.
    boolean preempted() {
        return preempting;
    }

    /// Who was preempted since this was cleared.
    List<Sequence> yielded() {
        return yielded;
    }

    /// A sequence has come to the queue.
    void arrived(Sequence sequence) {
        sequence.state = State.WAITING;
        waiting.arrived(sequence);
    }

    /// Whether a sequence that comes now could be part of the next step although nothing else changes.
    boolean couldAdmitNext(Sequence arrival) {
        return running.size() < limits.maxNumSeqs() && waiting.peek() == arrival;
    }

    /// Takes a sequence out, wherever it is.
    void remove(Sequence sequence) {
        if (sequence.state == State.RUNNING) {
            running.remove(sequence);
            kvCache.release(sequence);
        } else if (sequence.state == State.WAITING) {
            waiting.remove(sequence);
        }
        sequence.state = State.ENDED;
    }

    /// Plans the next step: says of each running sequence how many tokens it computes in it.
    ///
    /// @param beginsAtNanos when it begins
    void plan(long beginsAtNanos) {
        int budget = limits.maxNumBatchedTokens();
        preempting = false;
        int index = 0;
        while (index < running.size() && budget > 0) {
            Sequence sequence = running.get(index);
            int chunk = Math.min(wanted(sequence), budget);
            while (sequence.state == State.RUNNING && !kvCache.reserve(sequence, sequence.computed + chunk)) {
                int yielding = whoYields();
                budget += running.get(yielding).scheduled;
                preempt(yielding);
                if (yielding < index) {
                    index--;
                }
            }
            if (sequence.state != State.RUNNING) {
                break;
            }
            schedule(sequence, chunk);
            budget -= chunk;
            index++;
        }
        while (!preempting && budget > 0 && running.size() < limits.maxNumSeqs()) {
            Sequence sequence = waiting.peek();
            if (sequence == null || !admit(sequence, budget, beginsAtNanos)) {
                break;
            }
            budget -= sequence.scheduled;
        }
    }

    /// Has all running sequences give up what they hold and wait, the one admitted first at the front.
    void preemptAll() {
        while (!running.isEmpty()) {
            preempt(running.size() - 1);
        }
    }

    private boolean admit(Sequence sequence, int budget, long nowNanos) {
        if (sequence.queuedAtNanos > nowNanos) {
            return false; // only on a live timeline that is late
        }
        int cached = kvCache.cachedBlocks(sequence);
        int cachedTokens = cached * limits.blockSize();
        int chunk = Math.min(limited(sequence.length() - cachedTokens), budget);
        int needed = limits.reserveFullSequence() ? sequence.length() : cachedTokens + chunk;
        if (!kvCache.fits(sequence, cached, needed)) {
            return false;
        }
        waiting.remove(sequence);
        kvCache.adopt(sequence, cached);
        sequence.computed = cachedTokens;
        kvCache.reserve(sequence, cachedTokens + chunk);
        sequence.state = State.RUNNING;
        running.add(sequence);
        if (sequence.admittedAtNanos == Sequence.NEVER) {
            sequence.admittedAtNanos = nowNanos;
            sequence.cachedPromptTokens = cachedTokens;
            if (limits.prefixCaching()) { // what a preempted sequence finds of itself is no hit between requests
                prefixQueryTokens += sequence.length();
                prefixHitTokens += cachedTokens;
            }
        }
        schedule(sequence, chunk);
        return true;
    }

    private void schedule(Sequence sequence, int chunk) {
        sequence.scheduled = chunk;
        kvCache.commit(sequence, Math.min(sequence.computed + chunk, sequence.length()));
    }

    private int wanted(Sequence sequence) {
        return limited(sequence.isDecoding() ? Math.min(1 + draftTokens, sequence.tokensLeft()) : sequence.behind());
    }

    private int limited(int tokens) {
        int threshold = limits.longPrefillTokenThreshold();
        return threshold > 0 ? Math.min(tokens, threshold) : tokens;
    }

    private int whoYields() {
        return limits.order() == Order.FCFS
                ? running.size() - 1
                : running.indexOf(Collections.max(running, WaitingLine.URGENCY));
    }

    private void preempt(int index) {
        Sequence victim = running.remove(index);
        preempting = true;
        preemptions++;
        kvCache.preempt(victim, Math.min(victim.computed + victim.scheduled, victim.length()));
        victim.computed = 0;
        victim.scheduled = 0;
        victim.state = State.WAITING;
        waiting.preempted(victim);
        yielded.add(victim);
    }
}
