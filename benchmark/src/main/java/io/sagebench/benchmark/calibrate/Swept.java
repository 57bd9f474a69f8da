package io.sagebench.benchmark.calibrate;

import io.sagebench.engine.sim.calibration.ObservedRequest;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.TokenSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What was measured in a sweep.
///
/// @param ended   each request, in the order in which they ended within a wave
/// @param givenUp whether so many failed that the rest was not sent
record Swept(List<RequestRecord> ended, boolean givenUp) {
    Swept {
        ended = List.copyOf(ended);
    }

    /// Requests as the fit wants them: those of which all is known.
    List<ObservedRequest> observed() {
        return ended.stream().flatMap(each -> observed(each).stream()).toList();
    }

    /// Why requests cannot be used, one of each such request.
    List<String> failures() {
        return ended.stream().flatMap(each -> problem(each).stream()).toList();
    }

    /// What a person should know of the answers that are used.
    List<String> notes() {
        var used = ended.stream().filter(each -> problem(each).isEmpty()).toList();
        long cached = used.stream().mapToLong(each -> each.tokens().cachedPrompt().orElse(0)).sum();
        long shorter = used.stream().filter(each -> each.tokens().output() < each.planned().outputTokens()).count();
        long uncounted = used.stream().filter(each -> each.tokens().source() == TokenSource.CONTENT_EVENTS).count();
        return List.of(
                        note(cached, " prompt tokens came from the server's prefix cache; the replay knows nothing of that."),
                        note(shorter, " of " + used.size() + " answers were shorter than asked for, so the server may not heed ignore_eos."
                                + " They are fitted as they came: short ones tell less of decoding, and fill less of the KV cache."),
                        note(uncounted, " of " + used.size() + " answers came without a count of their tokens (usage):"
                                + " each content event was taken for one."))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> note(long count, String of) {
        return count == 0 ? Optional.empty() : Optional.of(count + of);
    }

    private static Optional<ObservedRequest> observed(RequestRecord ended) {
        return problem(ended).isPresent()
                ? Optional.empty()
                : Optional.of(new ObservedRequest(
                        ended.sentAtNanos().orElseThrow(),
                        promptTokens(ended),
                        ended.tokens().output(),
                        ended.content().firstTokenAtNanos().orElseThrow(),
                        ended.content().lastContentAtNanos().orElseThrow()));
    }

    private static int promptTokens(RequestRecord ended) {
        return ended.tokens().prompt().orElse(ended.planned().promptTokens());
    }

    private static Optional<String> problem(RequestRecord ended) {
        OptionalLong sent = ended.sentAtNanos();
        OptionalLong first = ended.content().firstTokenAtNanos();
        if (!ended.isCompleted()) {
            String detail = ended.outcome().detail();
            return Optional.of(ended.outcome().wireName() + (detail.isEmpty() ? "" : ": " + detail));
        }
        if (sent.isEmpty() || first.isEmpty() || first.getAsLong() <= sent.getAsLong()) {
            return Optional.of("completed, but not streamed token by token");
        }
        if (!isPossible(promptTokens(ended)) || !isPossible(ended.tokens().output())) {
            return Optional.of("completed, but the server counts " + promptTokens(ended) + " tokens in the prompt and "
                    + ended.tokens().output() + " in the answer");
        }
        return Optional.empty();
    }

    private static boolean isPossible(int tokens) {
        return tokens >= 1 && tokens <= ObservedRequest.MOST_TOKENS;
    }
}
