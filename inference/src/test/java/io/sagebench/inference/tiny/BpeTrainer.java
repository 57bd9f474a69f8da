package io.sagebench.inference.tiny;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Trains a byte-level BPE as GPT-2 has it: 256 bytes, and merges of the commonest pair again and again; of equally common ones, the first by
/// the alphabet.
final class BpeTrainer {
    /// GPT-2's rule of what stands together (Radford et al. 2019, `encoder.py`).
    private static final Pattern WORDS = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    static final int BYTES = 256;

    /// Two neighbours within a word.
    private record Pair(String left, String right) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int order = left.compareTo(other.left);
            return order != 0 ? order : right.compareTo(other.right);
        }
    }

    private final List<String> merges = new ArrayList<>();
    private final List<String> vocabulary = new ArrayList<>();

    /// @param mergeCount how many merges to find
    BpeTrainer(List<String> texts, int mergeCount) {
        vocabulary.addAll(inGpt2Order());
        Map<List<String>, Integer> words = count(texts);
        for (int merge = 0; merge < mergeCount; merge++) {
            Pair best = commonest(words);
            merges.add(best.left + " " + best.right);
            vocabulary.add(best.left + best.right);
            words = merged(words, best);
        }
    }

    /// Tokens by their number: bytes first, then merges in their order.
    List<String> vocabulary() {
        return vocabulary;
    }

    /// The merges, the first ones first: two tokens with a space between.
    List<String> merges() {
        return merges;
    }

    private static Map<List<String>, Integer> count(List<String> texts) {
        List<String> letters = letters();
        var words = new HashMap<List<String>, Integer>();
        for (String text : texts) {
            var found = WORDS.matcher(text);
            while (found.find()) {
                var word = new ArrayList<String>();
                for (byte b : found.group().getBytes(StandardCharsets.UTF_8)) {
                    word.add(letters.get(b & 0xff));
                }
                words.merge(word, 1, Integer::sum);
            }
        }
        return words;
    }

    private static Pair commonest(Map<List<String>, Integer> words) {
        var pairs = new TreeMap<Pair, Integer>();
        words.forEach((word, times) -> {
            for (int i = 1; i < word.size(); i++) {
                pairs.merge(new Pair(word.get(i - 1), word.get(i)), times, Integer::sum);
            }
        });
        Map.Entry<Pair, Integer> best = null;
        for (Map.Entry<Pair, Integer> pair : pairs.entrySet()) {
            best = best == null || pair.getValue() > best.getValue() ? pair : best;
        }
        return requireNonNull(best, "texts with too few pairs").getKey();
    }

    private static Map<List<String>, Integer> merged(Map<List<String>, Integer> words, Pair pair) {
        var after = new HashMap<List<String>, Integer>();
        words.forEach((word, times) -> {
            var parts = new ArrayList<String>(word.size());
            for (int i = 0; i < word.size(); i++) {
                boolean joins = i + 1 < word.size() && word.get(i).equals(pair.left) && word.get(i + 1).equals(pair.right);
                parts.add(joins ? pair.left + pair.right : word.get(i));
                i += joins ? 1 : 0;
            }
            after.merge(parts, times, Integer::sum);
        });
        return after;
    }

    /// The bytes that a token stands for.
    static byte[] bytes(String token) {
        List<String> letters = letters();
        var bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) letters.indexOf(token.substring(i, i + 1));
        }
        return bytes;
    }

    /// What stands for each byte: itself where it can be seen, else a character from U+0100 on.
    private static List<String> letters() {
        var letters = new ArrayList<String>();
        int shifted = 0;
        for (int b = 0; b < BYTES; b++) {
            letters.add(Character.toString(isSeen(b) ? b : BYTES + shifted++));
        }
        return letters;
    }

    private static List<String> inGpt2Order() {
        List<String> letters = letters();
        var ordered = new ArrayList<String>();
        for (int b = 0; b < BYTES; b++) {
            if (isSeen(b)) {
                ordered.add(letters.get(b));
            }
        }
        letters.stream().filter(letter -> !ordered.contains(letter)).forEach(ordered::add);
        return ordered;
    }

    private static boolean isSeen(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
    }
}
