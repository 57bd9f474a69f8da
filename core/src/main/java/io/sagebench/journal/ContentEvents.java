package io.sagebench.journal;

import java.util.Arrays;
import java.util.OptionalLong;

/// The content times of one response, noted event by event, as compactly as the facts allow. Built while the response comes, by one thread;
/// not changed after the record is made.
public final class ContentEvents implements ContentTimes {
    private static final int UNKNOWN = 0;

    private long[] atNanos = new long[16];
    private int[] tokens = {};
    private int events;
    private long wholeBodyAtNanos = -1;
    private long firstChunkAtNanos = -1;
    private long lastChunkAtNanos = -1;

    /// A content event came at `nanos`, which is when its bytes were read; how many tokens it brought is not known.
    public void event(long nanos) {
        if (events == atNanos.length) {
            atNanos = Arrays.copyOf(atNanos, events * 2);
        }
        atNanos[events++] = nanos;
    }

    /// A content event came that the server says brought `tokenCount` tokens, at least 1.
    public void event(long nanos, int tokenCount) {
        event(nanos);
        if (tokens.length < atNanos.length) {
            tokens = Arrays.copyOf(tokens, atNanos.length);
        }
        tokens[events - 1] = tokenCount;
    }

    /// A piece of the stream came that belongs to the answer, with content or without.
    public void chunk(long nanos) {
        if (firstChunkAtNanos < 0) {
            firstChunkAtNanos = nanos;
        }
        lastChunkAtNanos = nanos;
    }

    /// A response that is not streamed was complete at `nanos`.
    public void wholeBody(long nanos) {
        wholeBodyAtNanos = nanos;
    }

    @Override
    public int events() {
        return events;
    }

    @Override
    public long eventAtNanos(int index) {
        return atNanos[index];
    }

    @Override
    public int tokensOf(int index) {
        return index < tokens.length ? tokens[index] : UNKNOWN;
    }

    @Override
    public OptionalLong firstTokenAtNanos() {
        return events == 0 ? OptionalLong.empty() : OptionalLong.of(atNanos[0]);
    }

    @Override
    public OptionalLong lastContentAtNanos() {
        if (events > 0) {
            return OptionalLong.of(atNanos[events - 1]);
        }
        return wholeBodyAtNanos < 0 ? OptionalLong.empty() : OptionalLong.of(wholeBodyAtNanos);
    }

    @Override
    public OptionalLong firstChunkAtNanos() {
        return firstChunkAtNanos < 0 ? OptionalLong.empty() : OptionalLong.of(firstChunkAtNanos);
    }

    @Override
    public OptionalLong lastChunkAtNanos() {
        return lastChunkAtNanos < 0 ? OptionalLong.empty() : OptionalLong.of(lastChunkAtNanos);
    }
}
