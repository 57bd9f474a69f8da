package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.RequestType;
import io.sagebench.workload.StreamTraits.SharedPrefixes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Draws what the traits of a stream leave open, request by request.
final class TraitsReading {
    private final StreamTraits traits;
    private final Lengths textLength;
    private final Optional<KindReading.Rows> rows;
    private final SplittableRandom prefixed;
    private final SplittableRandom textCounts;
    private final SplittableRandom textLengths;
    private final SplittableRandom sessions;
    private final Seed prefixes;

    /// @param textLength of each text to embed but the first
    /// @param rows       the texts to embed, when they are given
    /// @param seed       the stream's
    TraitsReading(StreamTraits traits, Lengths textLength, Optional<KindReading.Rows> rows, Seed seed) {
        this.traits = traits;
        this.textLength = textLength;
        this.rows = rows;
        prefixed = seed.child("prefixed").generator();
        textCounts = seed.child("text counts").generator();
        textLengths = seed.child("text lengths").generator();
        sessions = seed.child("sessions").generator();
        prefixes = seed.child("prefixes");
    }

    /// The form of the next request.
    ///
    /// @param firstTokens length of its prompt, or of its first text
    PromptForm form(int firstTokens) {
        if (traits.type() == RequestType.EMBEDDING) {
            int count = traits.texts().draw(textCounts);
            if (rows.isPresent()) {
                return given(rows.get().next(count));
            }
            List<Integer> lengths = new ArrayList<>(count);
            lengths.add(firstTokens);
            while (lengths.size() < count) {
                lengths.add(textLength.draw(textLengths));
            }
            return PromptForm.texts(lengths);
        }
        return new PromptForm(traits.type(), traits.prefixes().flatMap(this::prefix), List.of());
    }

    private static PromptForm given(PromptBody.Rows texts) {
        return new PromptForm(
                RequestType.EMBEDDING, texts, texts.rows().stream().map(row -> texts.pool().promptTokens(row)).toList());
    }

    private Optional<SharedPrefix> prefix(SharedPrefixes shared) {
        double point = prefixed.nextDouble();
        int group = prefixed.nextInt(shared.groups());
        return point < shared.share()
                ? Optional.of(new SharedPrefix(prefixes.child(group), shared.tokens()))
                : Optional.empty();
    }

    /// Who sends the next request.
    Caller caller() {
        if (traits.tenant().isEmpty() && traits.sessions() == 0) {
            return Caller.UNKNOWN;
        }
        Optional<String> session = traits.sessions() == 0
                ? Optional.empty()
                : Optional.of(traits.tenant().map(name -> name + "-").orElse("") + "session-" + sessions.nextInt(traits.sessions()));
        return new Caller(traits.tenant(), session);
    }
}
