package io.sagebench.workload;

import io.sagebench.random.Seed;
import java.util.List;
import java.util.SplittableRandom;

/// Prompt texts of an exact length.
///
/// A text is made of common English words of three letters with one space between them. Each such word, with its leading space, is one token
/// of the usual byte-pair vocabularies, and takes four characters: so the text has the asked number of tokens both for those tokenizers and
/// for the four-characters-a-token estimate, which the control plane and the simulated engine use. Words are drawn from the seed, so texts
/// of different requests share no prefix longer than chance gives.
public final class PromptText {
    private static final String[] WORDS = {
        "the", "and", "for", "are", "but", "not", "you", "all", "any", "can", "had", "her", "was", "one", "our", "out",
        "day", "get", "has", "him", "his", "how", "man", "new", "now", "old", "see", "two", "way", "who", "boy", "did",
        "its", "let", "put", "say", "she", "too", "use", "dad", "mom", "air", "big", "box", "car", "cat", "cup", "cut",
        "dog", "dry", "ear", "eat", "end", "eye", "far", "few", "fly", "fun", "got", "gun", "hat", "hit", "hot", "ice",
    };

    private PromptText() {}

    /// The words there are.
    static List<String> words() {
        return List.of(WORDS);
    }

    /// The text of `tokens` tokens that belongs to `seed`.
    public static String of(Seed seed, int tokens) {
        SplittableRandom chance = seed.generator();
        var text = new StringBuilder(tokens * 4);
        for (int i = 0; i < tokens; i++) {
            if (i > 0) {
                text.append(' ');
            }
            text.append(WORDS[chance.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
