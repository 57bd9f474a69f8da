package io.sagebench.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Says when requests were not as long as asked.
final class LengthNotes {
    /// A mean mismatch up to here is nothing to speak of.
    private static final double TOLERATED_SHARE = 0.05;

    private LengthNotes() {}

    static List<String> of(LengthMatch prompts, LengthMatch outputs) {
        var notes = new ArrayList<String>();
        add(notes, "prompts", prompts, "a chat template adds to each, and made-up words may be several tokens of the model (--tokenizer makes them one)");
        add(notes, "answers", outputs, "policies may be compared on different amounts of work");
        return notes;
    }

    private static void add(List<String> notes, String what, LengthMatch match, String then) {
        if (match.mismatchShare().orElse(0) > TOLERATED_SHARE) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s were %.0f %% off the asked length on average (asked %.1f tokens, counted %.1f): %s",
                    what,
                    match.mismatchShare().orElseThrow() * 100,
                    match.meanAsked().orElseThrow(),
                    match.meanReceived().orElseThrow(),
                    then));
        }
    }
}
