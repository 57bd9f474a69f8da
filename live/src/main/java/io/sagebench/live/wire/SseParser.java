package io.sagebench.live.wire;

/// Reads server-sent events piece by piece. Lines end with LF, CR or CRLF and with nothing else; `data:` may go without a space; several
/// data lines of an event are joined by LF; comments and other fields are counted and skipped; a byte-order mark at the beginning is
/// skipped.
///
/// An event whose bytes lie in one window is handed on where it lies; only what a window cuts is copied.
public final class SseParser {
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int KEPT_BYTES = 4 * 1024;
    private static final int NONE = -1;

    /// Takes the events.
    @FunctionalInterface
    public interface Sink {
        /// The data of one event is `bytes[from, to)`; never empty, valid during the call.
        void event(byte[] bytes, int from, int to);
    }

    private final Sink sink;
    private final int largestEventBytes;
    /// The data lines of the event so far, joined, then the line that a window cut.
    private final GrowingBytes held = new GrowingBytes();

    private int heldDataSize;
    private boolean hasHeldData;
    private int windowDataFrom = NONE;
    private int windowDataTo;
    private int markBytes;
    private boolean skipLineFeed;
    private boolean oversized;
    private long comments;
    private long otherLines;

    /// @param sink              takes the events
    /// @param largestEventBytes longest event that is read
    public SseParser(Sink sink, int largestEventBytes) {
        this.sink = sink;
        this.largestEventBytes = largestEventBytes;
    }

    /// Makes ready for a new stream.
    public void begin() {
        held.clear(KEPT_BYTES);
        heldDataSize = 0;
        hasHeldData = false;
        windowDataFrom = NONE;
        markBytes = 0;
        skipLineFeed = false;
        oversized = false;
        comments = 0;
        otherLines = 0;
    }

    /// Reads `bytes[from, to)`; hands on each event that they complete.
    public void feed(byte[] bytes, int from, int to) {
        int at = markBytes < BYTE_ORDER_MARK.length ? skipMark(bytes, from, to) : from;
        while (at < to && !oversized) {
            if (skipLineFeed) {
                skipLineFeed = false;
                if (bytes[at] == '\n') {
                    at++;
                    continue;
                }
            }
            int end = lineEnd(bytes, at, to);
            if (end == to) {
                break;
            }
            skipLineFeed = bytes[end] == '\r';
            if (held.size() > heldDataSize) {
                held.append(bytes, at, end);
                heldLine();
            } else {
                windowLine(bytes, at, end);
            }
            at = end + 1;
        }
        holdRest(bytes, at, to);
    }

    /// The stream has ended: hands on an event that wants only its line ends. Such an event may have been cut.
    public void finish() {
        if (held.size() > heldDataSize) {
            heldLine();
        }
        dispatchHeld();
    }

    /// Whether an event was larger than allowed; nothing is read after it.
    public boolean isOversized() {
        return oversized;
    }

    /// How many comment lines came, such as `: ping`.
    public long comments() {
        return comments;
    }

    /// How many lines of other fields came, such as `event:` and `id:`.
    public long otherLines() {
        return otherLines;
    }

    private int skipMark(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && markBytes < BYTE_ORDER_MARK.length) {
            if (bytes[at] != BYTE_ORDER_MARK[markBytes]) {
                // no mark: what looked like one begins a line
                held.append(BYTE_ORDER_MARK, 0, markBytes);
                markBytes = BYTE_ORDER_MARK.length;
                return at;
            }
            at++;
            markBytes++;
        }
        return at;
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        return end;
    }

    /// A line that lies in the window.
    private void windowLine(byte[] bytes, int from, int to) {
        if (from == to) {
            dispatch(bytes);
            return;
        }
        int value = dataValue(bytes, from, to);
        if (value == NONE) {
            return;
        }
        if (windowDataFrom == NONE && !hasHeldData) {
            windowDataFrom = value;
            windowDataTo = to;
        } else {
            holdWindowData(bytes);
            held.append((byte) '\n');
            held.append(bytes, value, to);
            heldDataSize = held.size();
        }
    }

    /// A line that a window has cut, now whole at the end of what is held.
    private void heldLine() {
        int from = heldDataSize;
        int to = held.size();
        int value = dataValue(held.array(), from, to);
        held.truncate(from);
        if (value == NONE) {
            return;
        }
        if (hasHeldData) {
            held.append((byte) '\n'); // never overtakes the value: that begins after "data:"
        }
        held.append(held.array(), value, to);
        heldDataSize = held.size();
        hasHeldData = true;
    }

    private void holdRest(byte[] bytes, int from, int to) {
        holdWindowData(bytes);
        if (from < to && !oversized) {
            held.append(bytes, from, to);
        }
        oversized |= held.size() > largestEventBytes;
    }

    private void holdWindowData(byte[] bytes) {
        if (windowDataFrom != NONE) {
            held.append(bytes, windowDataFrom, windowDataTo);
            heldDataSize = held.size();
            hasHeldData = true;
            windowDataFrom = NONE;
        }
    }

    private void dispatch(byte[] bytes) {
        if (windowDataFrom == NONE) {
            dispatchHeld();
            return;
        }
        int from = windowDataFrom;
        windowDataFrom = NONE;
        if (windowDataTo > from) {
            sink.event(bytes, from, windowDataTo);
        }
    }

    private void dispatchHeld() {
        int size = heldDataSize;
        heldDataSize = 0;
        hasHeldData = false;
        held.truncate(0);
        if (size > 0) {
            sink.event(held.array(), 0, size);
            held.clear(KEPT_BYTES);
        }
    }

    /// Where the value of a data line begins, or [#NONE] for a line of another kind, which is counted.
    private int dataValue(byte[] bytes, int from, int to) {
        if (bytes[from] == ':') {
            comments++;
            return NONE;
        }
        int nameEnd = from + DATA.length;
        boolean data = to >= nameEnd
                && bytes[from] == 'd'
                && bytes[from + 1] == 'a'
                && bytes[from + 2] == 't'
                && bytes[from + 3] == 'a'
                && (to == nameEnd || bytes[nameEnd] == ':');
        if (!data) {
            otherLines++;
            return NONE;
        }
        int value = Math.min(nameEnd + 1, to);
        return value < to && bytes[value] == ' ' ? value + 1 : value;
    }
}
