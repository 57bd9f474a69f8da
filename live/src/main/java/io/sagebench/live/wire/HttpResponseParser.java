package io.sagebench.live.wire;

import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 (and 1.0) responses piece by piece: content-length, chunked with extensions and trailers, bodies that end with the
/// connection, interim 1xx responses. Lenient about line ends (LF alone will do) and strict about lengths (RFC 9112).
///
/// One response at a time: [#begin] makes it ready for the next.
public final class HttpResponseParser {
    private static final int LONGEST_LINE_BYTES = 64 * 1024;
    private static final int KEPT_LINE_BYTES = 1024;
    private static final int MOST_HEX_DIGITS = 15;

    /// Takes the parts of a response in their order.
    public interface Listener {
        /// Status and headers are known; interim responses are not told. The head is valid until the next response begins.
        void head(ResponseHead head);

        /// `bytes[from, to)` of the body came, without chunk framing; valid during the call.
        void body(byte[] bytes, int from, int to);

        /// The response is complete.
        void complete();
    }

    private enum State {
        STATUS_LINE,
        HEADERS,
        LENGTH_BODY,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILERS,
        BODY_UNTIL_CLOSE,
        COMPLETE,
        BROKEN
    }

    private final Listener listener;
    private final ResponseHead head = new ResponseHead();
    private final GrowingBytes cutLine = new GrowingBytes();
    private State state = State.STATUS_LINE;
    private boolean anyByte;
    private long remainingBytes;
    private @Nullable String problem;

    /// @param listener takes the parts
    public HttpResponseParser(Listener listener) {
        this.listener = listener;
    }

    /// Makes ready for a new response.
    public void begin() {
        state = State.STATUS_LINE;
        anyByte = false;
        problem = null;
        cutLine.clear(KEPT_LINE_BYTES);
    }

    /// Reads `bytes[from, to)`, up to the end of the response.
    ///
    /// @return the index after the last byte read: below `to` when the response ended before, or is malformed
    public int feed(byte[] bytes, int from, int to) {
        int at = from;
        anyByte |= from < to;
        while (at < to && state != State.COMPLETE && state != State.BROKEN) {
            at = switch (state) {
                case LENGTH_BODY, CHUNK_DATA -> sizedBody(bytes, at, to);
                case BODY_UNTIL_CLOSE -> {
                    listener.body(bytes, at, to);
                    yield to;
                }
                case STATUS_LINE, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> line(bytes, at, to);
                case COMPLETE, BROKEN -> at;
            };
        }
        return at;
    }

    /// The connection has ended: a body without a stated length is complete by that.
    public void connectionClosed() {
        if (state == State.BODY_UNTIL_CLOSE) {
            complete();
        }
    }

    /// Whether the response is complete.
    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /// Whether any byte of the response came.
    public boolean hasBegun() {
        return anyByte;
    }

    /// What is wrong with the response; null while nothing is.
    public @Nullable String problem() {
        return problem;
    }

    private int sizedBody(byte[] bytes, int from, int to) {
        int end = (int) Math.min(to, from + remainingBytes);
        remainingBytes -= end - from;
        boolean last = remainingBytes == 0;
        boolean chunk = state == State.CHUNK_DATA;
        if (last && chunk) {
            state = State.CHUNK_END;
        }
        listener.body(bytes, from, end);
        if (last && !chunk) {
            complete();
        }
        return end;
    }

    private int line(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        if (cutLine.size() + (end - from) > LONGEST_LINE_BYTES) {
            broken("a line longer than " + LONGEST_LINE_BYTES + " bytes");
            return end;
        }
        if (end == to) {
            cutLine.append(bytes, from, to);
            return to;
        }
        if (cutLine.size() == 0) {
            wholeLine(bytes, from, end);
        } else {
            cutLine.append(bytes, from, end);
            wholeLine(cutLine.array(), 0, cutLine.size());
            cutLine.clear(KEPT_LINE_BYTES);
        }
        return end + 1;
    }

    private void wholeLine(byte[] bytes, int from, int lineEnd) {
        int to = lineEnd > from && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        switch (state) {
            case STATUS_LINE -> statusLine(bytes, from, to);
            case HEADERS -> headerLine(bytes, from, to);
            case CHUNK_SIZE -> chunkSize(bytes, from, to);
            case CHUNK_END -> {
                if (from == to) {
                    state = State.CHUNK_SIZE;
                } else {
                    broken("a chunk longer than its size");
                }
            }
            case TRAILERS -> {
                if (from == to) {
                    complete();
                }
            }
            case LENGTH_BODY, CHUNK_DATA, BODY_UNTIL_CLOSE, COMPLETE, BROKEN ->
                throw new IllegalStateException("no lines in state " + state);
        }
    }

    private void statusLine(byte[] bytes, int from, int to) {
        if (from == to) {
            return; // RFC 9112 2.2: a stray line end before the status line
        }
        // HTTP/1.x SSS
        boolean http1 = to - from >= 12
                && bytes[from] == 'H'
                && bytes[from + 1] == 'T'
                && bytes[from + 2] == 'T'
                && bytes[from + 3] == 'P'
                && bytes[from + 4] == '/'
                && bytes[from + 5] == '1'
                && bytes[from + 6] == '.'
                && bytes[from + 8] == ' '
                && (to - from == 12 || bytes[from + 12] == ' ');
        int status = 0;
        for (int i = from + 9; http1 && i < from + 12; i++) {
            int digit = bytes[i] - '0';
            http1 = digit >= 0 && digit <= 9;
            status = status * 10 + digit;
        }
        if (!http1 || status < 100) {
            broken("not an HTTP/1 status line");
            return;
        }
        head.begin(status, bytes[from + 7] != '0');
        state = State.HEADERS;
    }

    private void headerLine(byte[] bytes, int from, int to) {
        if (from < to) {
            if (bytes[from] != ' ' && bytes[from] != '\t') { // else the obsolete continuation of a line: of none that we read
                head.header(bytes, from, to);
            }
            return;
        }
        String headProblem = head.problem();
        if (headProblem != null) {
            broken(headProblem);
        } else if (head.status() < 200) {
            state = State.STATUS_LINE;
        } else {
            beginBody();
        }
    }

    private void beginBody() {
        boolean bodiless = head.status() == 204 || head.status() == 304;
        remainingBytes = head.hasContentLength() ? head.contentLength() : 0;
        if (bodiless) {
            state = State.LENGTH_BODY;
            remainingBytes = 0;
        } else if (head.isChunked()) {
            state = State.CHUNK_SIZE;
        } else {
            state = head.hasContentLength() ? State.LENGTH_BODY : State.BODY_UNTIL_CLOSE;
        }
        listener.head(head);
        if (state == State.LENGTH_BODY && remainingBytes == 0) {
            complete();
        }
    }

    private void chunkSize(byte[] bytes, int from, int to) {
        long size = 0;
        int at = from;
        while (at < to && Character.digit(bytes[at], 16) >= 0) {
            size = size * 16 + Character.digit(bytes[at], 16);
            at++;
        }
        boolean ended = at == to || bytes[at] == ';' || bytes[at] == ' ' || bytes[at] == '\t';
        if (at == from || at - from > MOST_HEX_DIGITS || !ended) {
            broken("a chunk without a size");
            return;
        }
        remainingBytes = size;
        state = size == 0 ? State.TRAILERS : State.CHUNK_DATA;
    }

    private void complete() {
        state = State.COMPLETE;
        listener.complete();
    }

    private void broken(String what) {
        state = State.BROKEN;
        problem = what;
    }
}
