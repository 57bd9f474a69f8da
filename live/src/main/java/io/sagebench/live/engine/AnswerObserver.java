package io.sagebench.live.engine;

import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.wire.ChunkScanner;
import io.sagebench.live.wire.SseParser;
import java.io.ByteArrayOutputStream;

/// Counts the tokens of an answer while it passes by: one for each event with content, until the server's `usage` says better. Not safe for use
/// by several threads.
final class AnswerObserver {
    private static final int LARGEST_BYTES = 4 << 20;

    private final ChunkScanner scanner = new ChunkScanner();
    private final SseParser events = new SseParser(this::event, LARGEST_BYTES);
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream(0);
    private final boolean isStream;
    private int contentEvents;
    private int promptTokens = ChunkScanner.NOT_TOLD;
    private int completionTokens = ChunkScanner.NOT_TOLD;
    private int cachedTokens = ChunkScanner.NOT_TOLD;
    private boolean error;

    /// @param isStream whether the answer is a stream of events rather than one JSON object
    AnswerObserver(boolean isStream) {
        this.isStream = isStream;
        events.begin();
    }

    /// Sees `bytes[0, length)`.
    void see(byte[] bytes, int length) {
        if (isStream) {
            events.feed(bytes, 0, length);
        } else if (whole.size() + length <= LARGEST_BYTES) {
            whole.write(bytes, 0, length);
        }
    }

    /// The answer has ended.
    void end() {
        if (isStream) {
            events.finish();
        } else {
            byte[] body = whole.toByteArray();
            event(body, 0, body.length);
        }
    }

    /// Events with content so far.
    int contentEvents() {
        return contentEvents;
    }

    /// Whether the answer is, or contains, an error.
    boolean hasError() {
        return error;
    }

    /// What the answer used, as far as it is known.
    EngineResult result(EngineJob job) {
        return new EngineResult(
                promptTokens == ChunkScanner.NOT_TOLD ? job.promptTokens() : promptTokens,
                Math.max(0, cachedTokens),
                completionTokens == ChunkScanner.NOT_TOLD ? contentEvents : completionTokens);
    }

    private void event(byte[] bytes, int from, int to) {
        if (!scanner.scan(bytes, from, to)) {
            return; // the end mark, or something that only the client can judge
        }
        if (scanner.hasContent()) {
            contentEvents++;
        }
        error |= scanner.isError();
        if (scanner.hasUsage()) {
            promptTokens = scanner.promptTokens();
            completionTokens = scanner.completionTokens();
            cachedTokens = scanner.cachedTokens();
        }
    }
}
