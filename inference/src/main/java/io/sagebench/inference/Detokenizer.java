package io.sagebench.inference;

import java.util.Arrays;
import java.util.function.Function;

/// The text of one answer, token by token: what each adds to it. Text is withheld while its last character is incomplete.
///
/// As tokenizers may treat the first token of a text in a way of its own, each is decoded together with those before it, as vLLM does.
final class Detokenizer {
    private static final char INCOMPLETE = '\uFFFD';
    /// No character is so long: what is still incomplete will stay so.
    private static final int MOST_WITHHELD = 16;

    private final Function<int[], String> decode;
    private int[] window;
    private int size;
    /// Tokens of the window whose text is out.
    private int told;

    /// @param decode the text of tokens that stand together; special tokens have none
    /// @param prompt the tokens right before the answer
    Detokenizer(Function<int[], String> decode, int... prompt) {
        this.decode = decode;
        this.window = Arrays.copyOf(prompt, prompt.length + 32);
        this.size = prompt.length;
        this.told = size;
    }

    /// What a token adds.
    String add(int token) {
        if (size == window.length) {
            window = Arrays.copyOf(window, 2 * size);
        }
        window[size++] = token;
        return text(size - told >= MOST_WITHHELD);
    }

    /// What was withheld: nothing more comes.
    String finish() {
        return size == told ? "" : text(true);
    }

    private String text(boolean isLast) {
        String before = decode.apply(Arrays.copyOf(window, told));
        String now = decode.apply(Arrays.copyOf(window, size));
        boolean isIncomplete = !now.isEmpty() && now.charAt(now.length() - 1) == INCOMPLETE;
        if (now.length() <= before.length() || (isIncomplete && !isLast)) {
            return "";
        }
        System.arraycopy(window, told, window, 0, size - told); // those told by now are no longer needed
        size -= told;
        told = size;
        return now.substring(before.length());
    }
}
