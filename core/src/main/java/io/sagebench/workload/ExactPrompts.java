package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import io.sagebench.request.RequestType;
import io.sagebench.request.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;

/// Prompts that have exactly the asked number of tokens under a given tokenizer.
///
/// They are made of words each of which is one token wherever it stands; which words are, the tokenizer is asked once, when this is made. From then on
/// [#text] needs no tokenizer, so that it is cheap enough for the send path; [#prompt] asks it once more for each prompt, to be sure. Safe for use by any
/// thread.
public final class ExactPrompts implements Wording {
    /// With fewer words prompts would repeat themselves too much.
    private static final int LEAST_WORDS = 4;
    /// With so many there is no need to try the other form of text.
    private static final int ENOUGH_WORDS = 32;
    private static final int MOST_TRIES = 8;
    private static final int[] PROBED_LENGTHS = {1, 2, 3, 7, 33, 128};
    /// Prompts are told apart by as many first tokens as so many prompts need.
    private static final long MOST_NUMBERS = 1L << 32;

    private static final String MORE_WORDS = "a of to in is it on as at be by or an if no so we with that this from what each your which when"
            + " write list about time more some will they have into them then over only than also most make like just these other first"
            + " people work part give help code text data word name line good long well use x y z b c d e f g 1 2 3 4 5 6 7 8 9";

    private final Tokenizer tokenizer;
    private final List<String> words;
    private final boolean blankFirst;

    /// @param words      at least one, each with the blank before it
    /// @param blankFirst whether a text begins with a blank, too
    private ExactPrompts(Tokenizer tokenizer, List<String> words, boolean blankFirst) {
        this.tokenizer = tokenizer;
        this.words = words;
        this.blankFirst = blankFirst;
    }

    /// Asks a tokenizer for words that are one token each: some hundreds of short questions, so not on a timeline or an event loop.
    ///
    /// @throws IllegalArgumentException when it has too few such words; the message says so
    public static ExactPrompts of(Tokenizer tokenizer) {
        List<String> plain = wordsOf(tokenizer, "");
        List<String> blank = plain.size() >= ENOUGH_WORDS ? List.of() : wordsOf(tokenizer, " ");
        boolean blankFirst = blank.size() > plain.size();
        var prompts = new ExactPrompts(tokenizer, blankFirst ? blank : plain, blankFirst);
        if (prompts.words.size() < LEAST_WORDS || !prompts.isExact()) {
            throw new IllegalArgumentException("the tokenizer " + tokenizer.name() + " does not have " + LEAST_WORDS
                    + " common words that are one token each wherever they stand: prompts of an exact length cannot be made for it");
        }
        return prompts;
    }

    private static List<String> wordsOf(Tokenizer tokenizer, String start) {
        var candidates = new LinkedHashSet<>(PromptText.words());
        candidates.addAll(List.of(MORE_WORDS.split(" ")));
        return candidates.stream()
                .filter(word -> tokenizer.count(start + word) == 1 && tokenizer.count(start + word + " " + word) == 2)
                .map(word -> " " + word)
                .toList();
    }

    private boolean isExact() {
        for (int tokens : PROBED_LENGTHS) {
            if (tokenizer.count(joined(drawn(new Seed(tokens), tokens))) != tokens) {
                return false;
            }
        }
        return true;
    }

    /// The tokenizer that counts.
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// A prompt of that many tokens, counted by the tokenizer before it is given out. Not for a timeline or an event loop.
    ///
    /// @param seed   gives the words
    /// @param number prompts with different numbers differ within their first tokens, as long as there are that many prompts of the length
    /// @param tokens at least 1
    /// @throws IllegalArgumentException when there is no such prompt; the message says why
    public String prompt(Seed seed, long number, int tokens) {
        Check.notNegative(number, "number");
        Check.atLeast(1, tokens, "tokens");
        int first = Math.min(tokens, numberedTokens());
        List<String> chosen = new ArrayList<>(numbered(seed, number, first));
        chosen.addAll(drawn(seed.child(number), tokens - first));
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            String text = joined(chosen);
            int counted = tokenizer.count(text);
            if (counted == tokens) {
                return text;
            }
            chosen = adjusted(chosen, tokens - counted, seed.child(number).child(attempt));
        }
        throw new IllegalArgumentException("no prompt of " + tokens + " tokens could be made for the tokenizer " + tokenizer.name()
                + ": its count does not follow the words");
    }

    /// The words of each part, without asking the tokenizer.
    @Override
    public String text(RequestType type, List<Part> parts) {
        var chosen = new ArrayList<String>();
        for (Part part : parts) {
            chosen.addAll(drawn(part.seed(), part.tokens()));
        }
        return joined(chosen);
    }

    /// So many words that the numbers of as many prompts as there will ever be can be written with them.
    private int numberedTokens() {
        int digits = 1;
        for (long prompts = words.size(); prompts < MOST_NUMBERS; prompts *= words.size()) {
            digits++;
        }
        return digits;
    }

    /// The number, written in words: the place with the least weight first, so that neighbours differ at once. Which word stands for which digit follows
    /// from the seed.
    private List<String> numbered(Seed seed, long number, int digits) {
        var chosen = new ArrayList<String>();
        long left = number;
        int turn = seed.child("digits").generator().nextInt(words.size());
        for (int i = 0; i < digits; i++) {
            chosen.add(words.get((int) ((left + turn) % words.size())));
            left /= words.size();
        }
        if (left > 0) {
            throw new IllegalArgumentException("there are only " + (long) Math.pow(words.size(), digits) + " different prompts of " + digits
                    + " tokens for the tokenizer " + tokenizer.name() + ", too few for number " + number);
        }
        return chosen;
    }

    private List<String> drawn(Seed seed, int count) {
        SplittableRandom chance = seed.generator();
        var chosen = new ArrayList<String>(Math.max(0, count));
        for (int i = 0; i < count; i++) {
            chosen.add(words.get(chance.nextInt(words.size())));
        }
        return chosen;
    }

    private List<String> adjusted(List<String> chosen, int missing, Seed seed) {
        var other = new ArrayList<>(chosen.subList(0, Math.clamp(chosen.size() + (long) Math.min(0, missing), 1, chosen.size())));
        other.addAll(drawn(seed, missing));
        return other;
    }

    private String joined(List<String> chosen) {
        var text = new StringBuilder(chosen.size() * 5);
        chosen.forEach(text::append);
        return blankFirst ? text.toString() : text.substring(1);
    }
}
