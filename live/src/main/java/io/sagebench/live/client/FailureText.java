package io.sagebench.live.client;

import io.netty.channel.ChannelException;
import io.netty.handler.codec.DecoderException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a broken connection's exception says, for people, and whether this machine is to blame.
final class FailureText {
    private FailureText() {}

    /// What happened, on one line.
    static String of(@Nullable Throwable cause) {
        if (cause == null) {
            return "failed";
        }
        Throwable told = cause;
        while (told.getCause() != null && isWrapper(told)) {
            told = told.getCause();
        }
        String message = told.getMessage();
        return ErrorMessage.shortened(
                message == null || message.isBlank() ? told.getClass().getSimpleName() : message);
    }

    /// Whether the cause says more: Netty says that it could not make a channel or decode, not why.
    private static boolean isWrapper(Throwable told) {
        return told.getMessage() == null
                || told instanceof ReflectiveOperationException
                || told instanceof ChannelException
                || told instanceof DecoderException;
    }

    /// Whether it is a mistake of this program rather than trouble with the network or the server.
    static boolean isBug(Throwable cause) {
        return switch (cause) {
            case DecoderException _, ChannelException _ -> false; // TLS, sockets
            case RuntimeException _, Error _ -> true;
            default -> false;
        };
    }

    /// Whether it failed for want of local descriptors or ports (EMFILE, ENFILE, EADDRNOTAVAIL).
    static boolean isLocalLimit(@Nullable Throwable cause) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            String message = next.getMessage() == null ? "" : next.getMessage().toLowerCase(Locale.ROOT);
            if (message.contains("too many open files")
                    || message.contains("cannot assign requested address")
                    || message.contains("can't assign requested address")) {
                return true;
            }
        }
        return false;
    }
}
