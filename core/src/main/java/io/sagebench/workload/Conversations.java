package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.RequestId;
import io.sagebench.workload.PromptBody.Turns;
import io.sagebench.workload.PromptBody.Turns.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Callers who go on: when an answer has come, they read, think and ask again, with all that was said before. A turn that fails ends its
/// conversation.
///
/// A turn's intended time is the end of the one before plus the time to think: its latency does not count what the ones before it took. What is asked
/// does not depend on the times: turn k of conversation i is the same under every policy. Where the answer of the server would stand in the next
/// prompt, there are words of the length that was asked for.
///
/// @param turns requests of a conversation, drawn for each
/// @param think mean time between an answer and the next turn, exponentially distributed; may be 0
public record Conversations(Lengths turns, Duration think) {
    public Conversations {
        if (think.isNegative()) {
            throw new IllegalArgumentException("think must be at least 0, but was " + think);
        }
    }

    /// The first turn of a conversation; what has no turns of its own, such as texts to embed, stays as it is.
    static PlannedRequest first(PlannedRequest request) {
        if (!request.type().isGeneration() || !(request.form().body() instanceof PromptBody.Words(var prefix)) || prefix.isPresent()) {
            return request;
        }
        var body = new Turns(List.of(new Part(request.promptSeed(), request.promptTokens())));
        Caller caller = new Caller(
                request.caller().tenant(), Optional.of(request.caller().session().orElse("conversation-" + request.index())));
        return request.saying(request.id(), request.index(), request.intendedAtNanos(), request.promptTokens(), request.outputTokens(), body, caller);
    }

    /// The turn after one that has ended well, if there is one.
    ///
    /// @param kind  gives the lengths
    /// @param count conversations of the plan
    Optional<PlannedRequest> next(PlannedRequest ended, long endedAtNanos, RequestKind kind, long count) {
        if (!(ended.form().body() instanceof Turns(List<Part> said))) {
            return Optional.empty();
        }
        Seed conversation = said.getFirst().seed();
        int turn = (said.size() + 1) / 2;
        if (turn >= turns.draw(conversation.child("turns").generator())) {
            return Optional.empty();
        }
        Seed own = conversation.child("turn").child(turn);
        SplittableRandom chance = own.generator();
        long thinkNanos = Math.round(-StrictMath.log(1 - chance.nextDouble()) * think.toNanos());
        var parts = new ArrayList<>(said);
        parts.add(new Part(own.child("answer"), ended.outputTokens()));
        parts.add(new Part(own.child("message"), kind.promptLength().draw(chance)));
        var body = new Turns(parts);
        String id = turn == 1 ? ended.id().value() : ended.id().value().replaceFirst("-turn-\\d+$", "");
        return Optional.of(ended.saying(
                new RequestId(id + "-turn-" + (turn + 1)),
                ended.index() + count,
                endedAtNanos + thinkNanos,
                body.tokens(),
                kind.outputLength().draw(chance),
                body,
                ended.caller()));
    }
}
