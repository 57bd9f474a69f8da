package io.sagebench.inference;

import static java.util.Objects.requireNonNull;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.RealText;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One job inside the engine. What the timeline may touch and what the computing thread may touch are apart, but for what is volatile.
final class CpuSequence {
    private static final long NEVER = Long.MIN_VALUE;
    /// Tokens of the prompt that decide how the answer's first ones are spelt.
    private static final int CONTEXT_OF_TEXT = 5;

    final EngineJob job;
    final EngineEvents events;
    final RealText text;
    final long queuedAtNanos;

    /// Set on the timeline: nobody wants to hear more.
    volatile boolean cancelled;
    /// Set by the computing thread when it takes the job up first.
    private volatile long admittedAtNanos = NEVER;

    /// Of the computing thread: it has all its tokens, or failed.
    boolean over;

    /// Of the timeline: the end was told.
    boolean ended;
    /// Of the timeline: tokens told.
    int told;
    private long firstTokenAtNanos = NEVER;
    private long lastTokenAtNanos = NEVER;

    /// Of the computing thread: the prompt, and what was said.
    private int[] tokens;
    private int size;
    private final int promptTokens;
    private @Nullable TokenPicker picker;
    private @Nullable Detokenizer detokenizer;

    CpuSequence(EngineJob job, EngineEvents events, RealText text, long queuedAtNanos) {
        this.job = job;
        this.events = events;
        this.text = text;
        this.queuedAtNanos = queuedAtNanos;
        this.tokens = text.promptTokens();
        this.size = tokens.length;
        this.promptTokens = size;
    }

    /// Prepares for the answer; harmless when it has begun.
    void begin(LoadedModel model) {
        if (picker == null) {
            picker = new TokenPicker(text.sampling(), model.vocabularySize());
            detokenizer = model.detokenizer(tokens(Math.max(0, size - CONTEXT_OF_TEXT), size));
            for (int i = 0; i < size; i++) {
                picker.saw(tokens[i]);
            }
        }
    }

    int promptTokens() {
        return promptTokens;
    }

    /// Tokens of the prompt and of what was said.
    int size() {
        return size;
    }

    int said() {
        return size - promptTokens;
    }

    /// Some of its tokens.
    int[] tokens(int from, int to) {
        return Arrays.copyOfRange(tokens, from, to);
    }

    int lastToken() {
        return tokens[size - 1];
    }

    /// Picks the next token.
    ///
    /// @param logits changed
    int pick(float[] logits) {
        TokenPicker by = requireNonNull(picker);
        int token = by.pick(logits);
        by.saw(token);
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, size + Math.max(64, size / 2)); // a copy from the start: the prompt is its owner's
        }
        tokens[size++] = token;
        return token;
    }

    /// What a token adds to the text.
    ///
    /// @param isLast whether none follows
    String spell(int token, boolean isLast) {
        Detokenizer speller = requireNonNull(detokenizer);
        String added = speller.add(token);
        return isLast ? added + speller.finish() : added;
    }

    /// The computing thread takes it up, or up again.
    void admitted(long atNanos) {
        if (admittedAtNanos == NEVER) {
            admittedAtNanos = atNanos;
        }
    }

    /// A token, or the whole embedding, is told of. On the timeline.
    void toldOne(long atNanos) {
        if (firstTokenAtNanos == NEVER) {
            firstTokenAtNanos = atNanos;
        }
        lastTokenAtNanos = atNanos;
        told++;
    }

    /// Its life, as told so far. On the timeline.
    SequenceReport report(Ending ending) {
        return new SequenceReport(
                job, ending, queuedAtNanos, ifEver(admittedAtNanos), ifEver(firstTokenAtNanos), ifEver(lastTokenAtNanos), 0, told);
    }

    private static OptionalLong ifEver(long nanos) {
        return nanos == NEVER ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}
