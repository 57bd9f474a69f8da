package io.sagebench.benchmark.engine;

import io.sagebench.random.Seed;
import io.sagebench.workload.PromptText;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// Prompts whose tokens somebody counts: a tokenizer, or the server. A text is made longer or shorter until the count is the one that is wanted; when it
/// never is, the nearest below is taken.
///
/// @param name    who counts, for reports
/// @param counter tokens of a text; may take its time
record CountedPrompts(String name, ToIntFunction<String> counter) implements PromptMaker {
    private static final int MOST_ROUNDS = 16;
    /// What adds a single token to most texts, tried when another word would be too much.
    private static final List<String> SMALL = List.of(" a", " I", ".", ",", " 1", "!", "?", " x", "-", "a");

    @Override
    public int count(String text) {
        return counter.applyAsInt(text);
    }

    @Override
    public String text(Seed seed, Optional<String> beginning, int tokens) {
        String start = beginning.orElse("");
        int already = start.isEmpty() ? 0 : count(start);
        if (already >= tokens) {
            return cut(start, tokens);
        }
        int words = tokens - already;
        String nearest = start;
        int nearestTokens = already;
        for (int round = 0; round < MOST_ROUNDS && words > 0; round++) {
            String text = joined(start, PromptText.of(seed, words));
            int count = count(text);
            if (count == tokens) {
                return text;
            }
            if (count < tokens && count > nearestTokens) {
                nearest = text;
                nearestTokens = count;
            }
            words += step(words, count - already, tokens - count);
        }
        return filled(nearest, tokens);
    }

    private static String joined(String start, String words) {
        return start.isEmpty() ? words : start + ' ' + words;
    }

    /// How many more or fewer words bring so many more tokens, by what the words so far have brought.
    private static int step(int words, int tokens, int missing) {
        int step = (int) Math.round((double) missing * words / Math.max(1, tokens));
        return step == 0 ? Integer.signum(missing) : step;
    }

    /// Goes on in the smallest steps.
    private String filled(String text, int tokens) {
        String filled = text;
        int count = filled.isEmpty() ? 0 : count(filled);
        for (int round = 0; round < MOST_ROUNDS && count < tokens; round++) {
            String longer = filled;
            for (String small : SMALL) {
                int with = count(filled + small);
                if (with > count && with <= tokens) {
                    longer = filled + small;
                    count = with;
                    break;
                }
            }
            if (longer.equals(filled)) {
                return filled; // nothing fits
            }
            filled = longer;
        }
        return filled;
    }

    @Override
    public String cut(String text, int tokens) {
        int count = count(text);
        if (count <= tokens) {
            return text;
        }
        int fits = 0;
        int toolong = text.length();
        int length = (int) ((long) text.length() * tokens / count);
        for (int round = 0; round < MOST_ROUNDS && toolong - fits > 1; round++) {
            int whole = wholeCharacters(text, Math.clamp(length, fits + 1, toolong - 1));
            int now = count(text.substring(0, whole));
            if (now == tokens) {
                return text.substring(0, whole);
            }
            if (now < tokens) {
                fits = Math.max(fits, whole);
            } else {
                toolong = whole;
            }
            length = round % 2 == 0 ? (int) ((long) whole * tokens / Math.max(1, now)) : (fits + toolong) / 2;
        }
        return filled(text.substring(0, wholeCharacters(text, fits)), tokens);
    }

    /// Does not end between the two halves of a character.
    private static int wholeCharacters(String text, int length) {
        return length > 0 && length < text.length() && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }
}
