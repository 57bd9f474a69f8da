package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.policy.Waiting;
import io.sagebench.request.Priority;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is reserved on an engine, against what its requests hold.
class EngineSlotTest {
    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    private static final SubmissionEvents DEAF = new SubmissionEvents() {
        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void dispatched(DispatchedTo where) {}

        @Override
        public void tokens(int count) {}

        @Override
        public void finished(EngineResult result) {}

        @Override
        public void failed(EngineFailure failure) {}
    };

    private final EngineSlot slot = new EngineSlot(
            anEngine(new VirtualTimeline(), "a").maxConcurrent(1_000), new Breaker(Optional.empty(), new SplittableRandom(1)));

    /// Answers may be longer or shorter than predicted, and end at any time: before the first token, in the middle, complete.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsReservedIsWhatItsRequestsHoldAndNothingIsLeftInTheEnd(long seed) {
        var chance = new SplittableRandom(seed);
        var running = new ArrayList<Ticket>();
        long nowNanos = 0;
        for (int i = 0; i < 20_000; i++) {
            nowNanos += chance.nextInt(1, 10_000_000);
            int what = chance.nextInt(4);
            if (what == 0 && running.size() < 50) {
                Ticket ticket = ticket(i, chance);
                slot.reserve(ticket, nowNanos, i);
                running.add(ticket);
            } else if (what == 1 && !running.isEmpty()) {
                Ticket ticket = running.remove(chance.nextInt(running.size()));
                if (chance.nextBoolean()) {
                    slot.learnStep(ticket, nowNanos);
                }
                slot.release(ticket);
            } else if (!running.isEmpty()) {
                Ticket ticket = running.get(chance.nextInt(running.size()));
                if (ticket.waiting.type().isGeneration()) {
                    slot.tokens(ticket, chance.nextInt(1, 4), nowNanos);
                }
            }
            check(running);
        }
        running.forEach(slot::release);
        running.clear();
        check(running);
        Waiting next = ticket(99_999, chance).waiting;
        double own = next.promptTokens();
        assertThat(slot.expectedTtftNanos(next, nowNanos)).isEqualTo(slot.speed.prefillNanos(own, own * own));
    }

    private void check(Iterable<Ticket> running) {
        long prefill = 0;
        long decode = 0;
        long kv = 0;
        long context = 0;
        int count = 0;
        int unanswered = 0;
        int critical = 0;
        int texts = 0;
        int places = 0;
        for (Ticket ticket : running) {
            Waiting request = ticket.waiting;
            count++;
            critical += request.priority() == Priority.CRITICAL ? 1 : 0;
            unanswered += ticket.outputTokens == 0 ? 1 : 0;
            prefill += ticket.outputTokens == 0 ? request.promptTokens() : 0;
            context += ticket.outputTokens == 0 ? 0 : request.promptTokens() + ticket.outputTokens;
            decode += Math.max(0, request.predicted().outputTokens() - ticket.outputTokens);
            kv += request.kvTokens();
            texts += request.ask().textCount();
            places += Math.max(1, request.ask().textCount());
        }
        assertThat(slot.running()).isEqualTo(count);
        assertThat(slot.awaitingFirstToken()).isEqualTo(unanswered);
        assertThat(slot.runningCritical()).isEqualTo(critical);
        assertThat(slot.prefillTokensOutstanding()).isEqualTo(prefill);
        assertThat(slot.contextTokens()).isEqualTo(context);
        assertThat(slot.decodeTokensOutstanding()).isEqualTo(decode);
        assertThat(slot.kvTokensReserved()).isEqualTo(kv);
        assertThat(slot.textsOutstanding()).isEqualTo(texts);
        assertThat(slot.placesTaken()).isEqualTo(places);
    }

    private static Ticket ticket(int number, SplittableRandom chance) {
        SubmissionBuilder builder = aSubmission("" + number).priority(PRIORITIES.get(chance.nextInt(PRIORITIES.size())));
        if (chance.nextInt(4) == 0) {
            builder.embedding(chance.nextInt(1, 500), chance.nextInt(1, 500));
        } else {
            builder.tokens(chance.nextInt(1, 100_000), chance.nextInt(1, 30));
        }
        Submission submission = builder.build();
        boolean generates = submission.ask().type().isGeneration();
        return new Ticket(
                submission,
                DEAF,
                new Waiting(
                        number,
                        submission.id(),
                        0,
                        submission.ask(),
                        submission.priority(),
                        submission.serviceLevel(),
                        submission.caller(),
                        new Waiting.Prediction(generates ? chance.nextInt(1, 20) : 0, 1_000_000, 0),
                        Set.of()));
    }
}
