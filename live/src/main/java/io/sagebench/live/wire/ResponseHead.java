package io.sagebench.live.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sagebench.journal.ServedBy;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Status and headers of one response, as far as a benchmark wants them. Reused for each response of a connection.
public final class ResponseHead {
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final long NO_LENGTH = -1;

    private int status;
    private boolean keepAlive;
    private boolean chunked;
    private boolean eventStream;
    private long contentLength;
    private @Nullable String problem;
    private @Nullable String instance;
    private @Nullable String policy;
    private OptionalLong policyEpoch = OptionalLong.empty();
    private OptionalLong queueNanos = OptionalLong.empty();

    ResponseHead() {
        begin(0, true);
    }

    /// The status code.
    public int status() {
        return status;
    }

    /// Whether the body is `text/event-stream`.
    public boolean isEventStream() {
        return eventStream;
    }

    /// Whether the server leaves the connection open after the response.
    public boolean isKeepAlive() {
        return keepAlive;
    }

    /// What the control plane says of itself; absent when it names neither an engine nor a policy.
    public Optional<ServedBy> servedBy() {
        if (instance == null && policy == null) {
            return Optional.empty();
        }
        return Optional.of(
                new ServedBy(instance == null ? "" : instance, policy == null ? "" : policy, policyEpoch, queueNanos));
    }

    void begin(int newStatus, boolean http11) {
        status = newStatus;
        keepAlive = http11;
        chunked = false;
        eventStream = false;
        contentLength = NO_LENGTH;
        problem = null;
        instance = null;
        policy = null;
        policyEpoch = OptionalLong.empty();
        queueNanos = OptionalLong.empty();
    }

    boolean isChunked() {
        return chunked;
    }

    boolean hasContentLength() {
        return contentLength != NO_LENGTH;
    }

    long contentLength() {
        return contentLength;
    }

    @Nullable String problem() {
        return problem;
    }

    /// Takes the header line `bytes[from, to)`, without its line end.
    void header(byte[] bytes, int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        if (colon == to || colon == from) {
            problem = "a header line without a name and a colon";
            return;
        }
        int valueFrom = colon + 1;
        while (valueFrom < to && isBlank(bytes[valueFrom])) {
            valueFrom++;
        }
        int valueTo = to;
        while (valueTo > valueFrom && isBlank(bytes[valueTo - 1])) {
            valueTo--;
        }
        if (isNamed(bytes, from, colon, "content-length")) {
            length(bytes, valueFrom, valueTo);
        } else if (isNamed(bytes, from, colon, "transfer-encoding")) {
            transferEncoding(text(bytes, valueFrom, valueTo).toLowerCase(Locale.ROOT));
        } else if (isNamed(bytes, from, colon, "content-type")) {
            eventStream = text(bytes, valueFrom, valueTo).toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        } else if (isNamed(bytes, from, colon, "connection")) {
            connection(text(bytes, valueFrom, valueTo).toLowerCase(Locale.ROOT));
        } else if (isNamed(bytes, from, colon, "content-encoding")) {
            String encoding = text(bytes, valueFrom, valueTo);
            if (!encoding.equalsIgnoreCase("identity")) {
                problem = "content-encoding " + encoding + ", which was not asked for";
            }
        } else if (isNamed(bytes, from, colon, "x-instance-id")) {
            instance = text(bytes, valueFrom, valueTo);
        } else if (isNamed(bytes, from, colon, "x-policy")) {
            policy = text(bytes, valueFrom, valueTo);
        } else if (isNamed(bytes, from, colon, "x-policy-epoch")) {
            policyEpoch = wholeNumber(bytes, valueFrom, valueTo);
        } else if (isNamed(bytes, from, colon, "x-queue-ms")) {
            queueNanos = milliseconds(text(bytes, valueFrom, valueTo));
        }
    }

    private void length(byte[] bytes, int from, int to) {
        OptionalLong told = wholeNumber(bytes, from, to);
        if (told.isEmpty() || (hasContentLength() && contentLength != told.getAsLong())) {
            problem = "content-length " + text(bytes, from, to);
            return;
        }
        contentLength = told.getAsLong();
    }

    private void transferEncoding(String value) {
        if (!value.equals("chunked")) {
            problem = "transfer-encoding " + value + ", which was not asked for";
            return;
        }
        chunked = true;
    }

    private void connection(String value) {
        if (value.contains("close")) {
            keepAlive = false;
        } else if (value.contains("keep-alive")) {
            keepAlive = true;
        }
    }

    private static OptionalLong wholeNumber(byte[] bytes, int from, int to) {
        if (from == to || to - from > 18) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalLong.of(value);
    }

    private static OptionalLong milliseconds(String value) {
        try {
            double milliseconds = Double.parseDouble(value);
            return milliseconds >= 0 && milliseconds < 1e9
                    ? OptionalLong.of(Math.round(milliseconds * NANOS_PER_MILLISECOND))
                    : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty(); // a header of somebody else's that happens to have the name
        }
    }

    private static boolean isNamed(byte[] bytes, int from, int to, String lowerCaseName) {
        if (to - from != lowerCaseName.length()) {
            return false;
        }
        for (int i = 0; i < lowerCaseName.length(); i++) {
            int letter = bytes[from + i];
            if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != lowerCaseName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t';
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, ISO_8859_1);
    }
}
