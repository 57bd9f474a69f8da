package io.sagebench.workload;

import io.sagebench.request.RequestId;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/// The prompts of a closed loop of one caller, each asked twice in a row: first in words nobody has used, then in the same. Requests of an even index are
/// the first ones.
///
/// @param original a closed loop of one caller; its texts to embed are left out
record TwicePlan(Plan original) implements Plan {

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public Reading open(long beginAtNanos) {
        return new Pairs(original.open(beginAtNanos));
    }

    private static final class Pairs implements Reading {
        private final Reading requests;
        private Optional<PlannedRequest> first;
        private long index;

        Pairs(Reading requests) {
            this.requests = requests;
            first = requests.hasNext() ? prompt(requests.next()) : Optional.empty();
        }

        /// It, or the next one that is a prompt.
        private Optional<PlannedRequest> prompt(PlannedRequest candidate) {
            Optional<PlannedRequest> found = Optional.of(candidate);
            while (found.isPresent() && !found.get().type().isGeneration()) {
                found = requests.after(found.get(), candidate.intendedAtNanos(), true);
            }
            return found.map(request -> inOwnWords(request).withIndex(index));
        }

        private static PlannedRequest inOwnWords(PlannedRequest request) {
            var words = new PromptBody.Words(Optional.of(new SharedPrefix(request.promptSeed(), request.promptTokens())));
            return request.saying(
                    request.id(), request.index(), request.intendedAtNanos(), request.promptTokens(), request.outputTokens(), words,
                    request.caller());
        }

        @Override
        public boolean hasNext() {
            return first.isPresent();
        }

        @Override
        public PlannedRequest next() {
            PlannedRequest request = first.orElseThrow(() -> new NoSuchElementException("only the first does not follow another"));
            first = Optional.empty();
            index++;
            return request;
        }

        @Override
        public Optional<PlannedRequest> after(PlannedRequest ended, long endedAtNanos, boolean completed) {
            if (ended.index() % 2 == 1) {
                Optional<PlannedRequest> following = requests.after(ended, endedAtNanos, completed).flatMap(this::prompt);
                index++;
                return following;
            }
            index++;
            return Optional.of(ended.saying(
                    new RequestId(ended.id() + "-again"),
                    ended.index() + 1,
                    endedAtNanos,
                    ended.promptTokens(),
                    ended.outputTokens(),
                    ended.form().body(),
                    ended.caller()));
        }
    }
}
