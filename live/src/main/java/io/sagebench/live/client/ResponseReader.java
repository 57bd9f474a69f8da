package io.sagebench.live.client;

import io.sagebench.journal.ContentEvents;
import io.sagebench.live.wire.GrowingBytes;
import io.sagebench.live.wire.HttpResponseParser;
import io.sagebench.live.wire.ResponseHead;
import io.sagebench.live.wire.SseParser;
import io.sagebench.request.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the bytes of one response as they come, and tells how it ended. Knows neither sockets nor clocks: reads come with their times.
/// Reused for each response of a connection.
final class ResponseReader implements HttpResponseParser.Listener {
    private static final int LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
    private static final int LARGEST_ERROR_BYTES = 4 * 1024;

    private final HttpResponseParser http = new HttpResponseParser(this);
    private final SseParser events = new SseParser(this::event, LARGEST_ANSWER_BYTES);
    private final AnswerChunks chunks;
    private final VectorsAnswer vectors = new VectorsAnswer();
    private final GrowingBytes body = new GrowingBytes();
    private ContentEvents content = new ContentEvents();
    private @Nullable ResponseHead head;
    private @Nullable Outcome outcome;
    private boolean lastEvent;
    private long readAtNanos;
    private int texts;

    /// @param keepsTexts whether answers are kept whose tokens the server does not count
    ResponseReader(boolean keepsTexts) {
        chunks = new AnswerChunks(keepsTexts);
    }

    /// Makes ready for a new response.
    ///
    /// @param textsToEmbed how many texts were sent; 0 for a prompt
    void begin(int textsToEmbed) {
        texts = textsToEmbed;
        http.begin();
        events.begin();
        body.clear(LARGEST_ERROR_BYTES);
        content = new ContentEvents();
        chunks.begin(content);
        vectors.begin();
        head = null;
        outcome = null;
        lastEvent = false;
    }

    /// Takes `bytes[from, to)`, read from the socket at `atNanos`.
    ///
    /// @return whether all of them belong to the response
    boolean read(byte[] bytes, int from, int to, long atNanos) {
        readAtNanos = atNanos;
        int used = http.feed(bytes, from, to);
        String problem = http.problem();
        if (problem != null && outcome == null) {
            outcome = malformed(problem);
        }
        return used == to;
    }

    /// The connection has ended at `atNanos`, in whichever way `how` says.
    void connectionEnded(long atNanos, String how) {
        readAtNanos = atNanos;
        http.connectionClosed();
        endWith(new Outcome.ConnectionFailed(how + where()));
    }

    /// Ends the response with `fallback`, unless what came already settles how it ended.
    void endWith(Outcome fallback) {
        if (outcome != null) {
            return;
        }
        ResponseHead known = head;
        if (known != null && !isSuccess(known)) {
            outcome = refusal(known);
        } else if (chunks.isDone()) {
            outcome = chunks.outcomeAtEnd();
        } else {
            outcome = fallback;
        }
    }

    /// How the response ended; null while it has not.
    @Nullable Outcome outcome() {
        return outcome;
    }

    /// Whether any byte of the response came.
    boolean hasBegun() {
        return http.hasBegun();
    }

    /// Whether the response was read to its end and the server keeps the connection. After an error within the answer servers tend to close it, and
    /// the next request would be lost in a connection that is about to end.
    boolean leavesConnectionUsable() {
        return http.isComplete() && head != null && head.isKeepAlive() && !(outcome instanceof Outcome.StreamError);
    }

    /// What came of it, once it has ended.
    Answer answer() {
        Outcome ending = outcome;
        if (ending == null) {
            throw new IllegalStateException("a response without an outcome");
        }
        return new Answer(
                content,
                texts > 0 ? vectors.tokens() : chunks.tokens(),
                vectors.vectors(),
                head == null ? Optional.empty() : head.servedBy(),
                ending,
                texts > 0 ? Optional.empty() : chunks.said());
    }

    /// How many comment lines the stream had.
    long comments() {
        return events.comments();
    }

    @Override
    public void head(ResponseHead newHead) {
        head = newHead;
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
        ResponseHead known = head;
        if (known == null || outcome != null) {
            return;
        }
        if (!isSuccess(known)) {
            body.append(bytes, from, Math.min(to, from + LARGEST_ERROR_BYTES - body.size()));
        } else if (known.isEventStream()) {
            events.feed(bytes, from, to);
            if (events.isOversized()) {
                outcome = new Outcome.StreamError("an event larger than " + LARGEST_ANSWER_BYTES + " bytes");
            }
        } else if (body.size() + (long) (to - from) > LARGEST_ANSWER_BYTES) {
            outcome = new Outcome.StreamError("an answer larger than " + LARGEST_ANSWER_BYTES + " bytes");
        } else {
            body.append(bytes, from, to);
        }
    }

    @Override
    public void complete() {
        ResponseHead known = head;
        if (known == null || outcome != null) {
            return;
        }
        if (!isSuccess(known)) {
            outcome = refusal(known);
            return;
        }
        if (known.isEventStream()) {
            lastEvent = true;
            events.finish();
        } else if (body.size() == 0) {
            outcome = new Outcome.Empty("empty body");
            return;
        } else if (texts > 0) {
            outcome = vectors.take(body.array(), 0, body.size(), texts, readAtNanos, content);
            return;
        } else {
            chunks.wholeBody(body.array(), 0, body.size(), readAtNanos);
        }
        outcome = chunks.outcomeAtEnd();
    }

    private void event(byte[] bytes, int from, int to) {
        if (lastEvent) {
            chunks.lastEvent(bytes, from, to, readAtNanos);
            return;
        }
        chunks.event(bytes, from, to, readAtNanos);
        String failure = chunks.failure();
        if (failure != null && outcome == null) {
            outcome = new Outcome.StreamError(failure);
        }
    }

    private Outcome malformed(String problem) {
        String message = "malformed HTTP response: " + problem;
        ResponseHead known = head;
        if (known == null) {
            return new Outcome.ConnectionFailed(message);
        }
        return isSuccess(known) ? new Outcome.StreamError(message) : refusal(known);
    }

    private Outcome refusal(ResponseHead known) {
        String message = ErrorMessage.of(body.array(), 0, body.size());
        return known.status() == 429 || known.status() == 503
                ? new Outcome.Rejected(known.status(), message)
                : new Outcome.HttpError(known.status(), message);
    }

    private String where() {
        if (!http.hasBegun()) {
            return " before any byte of the response";
        }
        if (head == null) {
            return " in the response headers";
        }
        return content.events() == 0 ? " in mid-body" : " after " + content.events() + " content events";
    }

    private static boolean isSuccess(ResponseHead head) {
        return head.status() >= 200 && head.status() < 300;
    }
}
