package io.sagebench.live.client;

import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.live.wire.ChunkScanner;
import io.sagebench.live.wire.GrowingBytes;
import io.sagebench.request.Outcome;
import io.sagebench.request.TextTokens;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Makes facts of the JSON chunks of one answer: when content came, how many tokens it took, whether it finished. Reused for each answer of
/// a connection.
final class AnswerChunks {
    private static final int KEPT_BYTES = 64 * 1024;

    private final ChunkScanner scanner = new ChunkScanner();
    private ContentEvents content = new ContentEvents();
    private @Nullable String failure;
    private boolean done;
    private boolean finished;
    private boolean anyChunk;
    private boolean anyChoice;
    private boolean wholeBodyContent;
    /// Whether usage came with every content event so far, so that differences tell the tokens of each (continuous usage).
    private boolean usageWithEach;

    private boolean usage;
    private int promptTokens;
    private int completionTokens;
    private int cachedTokens;

    private final boolean keepsText;
    private final GrowingBytes kept = new GrowingBytes();
    /// Of a whole answer whose tokens the server did not count; 0 for others.
    private int estimate;

    /// @param keepsText whether what is said is kept until it is known whether the server counts its tokens
    AnswerChunks(boolean keepsText) {
        this.keepsText = keepsText;
    }

    /// Makes ready for a new answer; what it says of content goes to `newContent`.
    void begin(ContentEvents newContent) {
        content = newContent;
        failure = null;
        done = false;
        finished = false;
        anyChunk = false;
        anyChoice = false;
        wholeBodyContent = false;
        usageWithEach = true;
        usage = false;
        promptTokens = ChunkScanner.NOT_TOLD;
        completionTokens = ChunkScanner.NOT_TOLD;
        cachedTokens = ChunkScanner.NOT_TOLD;
        kept.clear(KEPT_BYTES);
        estimate = 0;
    }

    /// Takes the data of one event, read at `atNanos`.
    void event(byte[] bytes, int from, int to, long atNanos) {
        if (done || failure != null) {
            return;
        }
        if (isDoneMark(bytes, from, to)) {
            done = true;
            return;
        }
        if (!scanned(bytes, from, to)) {
            return;
        }
        int tokensBefore = Math.max(0, completionTokens);
        keepUsage();
        if (scanner.hasChoice()) {
            content.chunk(atNanos);
        }
        if (!scanner.hasContent()) {
            return;
        }
        if (keepsText) {
            keep(bytes, from, to);
        }
        usageWithEach &= scanner.completionTokens() != ChunkScanner.NOT_TOLD;
        if (usageWithEach && completionTokens > tokensBefore) {
            content.event(atNanos, completionTokens - tokensBefore);
        } else {
            content.event(atNanos);
        }
    }

    /// Takes an answer that was not streamed, complete at `atNanos`.
    void wholeBody(byte[] bytes, int from, int to, long atNanos) {
        if (from == to) {
            return;
        }
        if (!scanned(bytes, from, to)) {
            return;
        }
        keepUsage();
        done = true;
        wholeBodyContent = scanner.hasContent();
        if (wholeBodyContent) {
            content.wholeBody(atNanos);
        }
        if (wholeBodyContent && completionTokens == ChunkScanner.NOT_TOLD) {
            keep(bytes, from, to);
            estimate = TextTokens.estimate(new RawAnswer(keptBytes()).text().length());
        }
    }

    /// What was said, where it is wanted and the server did not count its tokens.
    Optional<RawAnswer> said() {
        boolean isUncounted = keepsText && completionTokens == ChunkScanner.NOT_TOLD && kept.size() > 0;
        return isUncounted ? Optional.of(new RawAnswer(keptBytes())) : Optional.empty();
    }

    private void keep(byte[] bytes, int from, int to) {
        kept.append(bytes, from, to);
        kept.append((byte) 0);
    }

    private byte[] keptBytes() {
        return Arrays.copyOf(kept.array(), kept.size());
    }

    /// Takes what is left of a stream that ended without the last line ends. When it is cut, it is not the server's error but the end's.
    void lastEvent(byte[] bytes, int from, int to, long atNanos) {
        boolean whole = isDoneMark(bytes, from, to) || scanner.scan(bytes, from, to);
        if (whole) {
            event(bytes, from, to, atNanos);
        }
    }

    /// Why the answer cannot become a good one any more; null while it can.
    @Nullable String failure() {
        return failure;
    }

    /// Whether all of the answer came, whatever the connection does now.
    boolean isDone() {
        return done;
    }

    /// How the answer ended if nothing more comes, and nothing is missing by the rules of HTTP.
    Outcome outcomeAtEnd() {
        if (failure != null) {
            return new Outcome.StreamError(failure);
        }
        boolean any = wholeBodyContent || content.events() > 0;
        if (!anyChunk && !done) {
            return new Outcome.Empty("no events");
        }
        if (!any && usage && !anyChoice) {
            return new Outcome.Empty("usage only, no choices");
        }
        if (!done && !finished) {
            return new Outcome.Truncated();
        }
        if (!any) {
            return new Outcome.Empty(anyChoice ? "no content in any choice" : "no choices");
        }
        return new Outcome.Completed();
    }

    TokenCounts tokens() {
        if (completionTokens != ChunkScanner.NOT_TOLD) {
            return new TokenCounts(told(promptTokens), told(cachedTokens), completionTokens, TokenSource.USAGE);
        }
        return wholeBodyContent
                ? new TokenCounts(told(promptTokens), told(cachedTokens), estimate, TokenSource.ESTIMATE)
                : new TokenCounts(told(promptTokens), told(cachedTokens), content.events(), TokenSource.CONTENT_EVENTS);
    }

    private boolean scanned(byte[] bytes, int from, int to) {
        anyChunk = true;
        if (!scanner.scan(bytes, from, to)) {
            failure = "malformed JSON: " + ErrorMessage.of(bytes, from, Math.min(to, from + 400));
            return false;
        }
        if (scanner.isError()) {
            failure = ErrorMessage.of(bytes, from, to);
            return false;
        }
        anyChoice |= scanner.hasChoice();
        finished |= scanner.hasFinishReason();
        return true;
    }

    private void keepUsage() {
        if (!scanner.hasUsage()) {
            return;
        }
        usage = true;
        promptTokens = latest(scanner.promptTokens(), promptTokens);
        completionTokens = latest(scanner.completionTokens(), completionTokens);
        cachedTokens = latest(scanner.cachedTokens(), cachedTokens);
    }

    private static int latest(int now, int before) {
        return now == ChunkScanner.NOT_TOLD ? before : now;
    }

    private static OptionalInt told(int count) {
        return count == ChunkScanner.NOT_TOLD ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private static boolean isDoneMark(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        return end - from == 6
                && bytes[from] == '['
                && bytes[from + 1] == 'D'
                && bytes[from + 2] == 'O'
                && bytes[from + 3] == 'N'
                && bytes[from + 4] == 'E'
                && bytes[from + 5] == ']';
    }
}
