package io.sagebench.live.net;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What went wrong with a socket, in the words of the operating system. Netty's native transport names the call, the number and the address around
/// them: `finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:8000`.
public final class SocketTrouble {
    private static final Pattern NATIVE = Pattern.compile("\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ([^:]+)(?:: .*)?");

    private SocketTrouble() {}

    /// The reason, on one line and without a full stop.
    public static String reason(Throwable cause) {
        String message = Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        Matcher parts = NATIVE.matcher(message);
        return parts.matches() ? parts.group(1).strip().toLowerCase(Locale.ROOT) : message;
    }
}
