package io.sagebench.workload;

import io.sagebench.request.Check;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// One of several numbers, each equally likely; one that is listed twice is twice as likely.
///
/// @param choices at least one, each at least 1
public record LengthChoice(List<Integer> choices) implements Lengths {
    public LengthChoice {
        choices = List.copyOf(choices);
        Check.atLeast(1, choices.size(), "the number of choices");
        choices.forEach(choice -> Check.atLeast(1, choice, "a choice"));
    }

    @Override
    public int draw(SplittableRandom chance) {
        return choices.get(chance.nextInt(choices.size()));
    }

    @Override
    public int min() {
        return Collections.min(choices);
    }

    @Override
    public int max() {
        return Collections.max(choices);
    }
}
