package io.sagebench.live.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The request that is arriving on a connection, if one is: its head, and its body so far, up to a limit. Belongs to the connection's event loop.
final class IncomingRequest {
    private static final int FIRST_BODY_BYTES = 4_096;
    private static final byte[] NO_BODY = {};

    private final ConnectionLimits limits;
    private @Nullable HttpRequest head;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;

    IncomingRequest(ConnectionLimits limits) {
        this.limits = limits;
    }

    /// The head of the request that is arriving; null when none is.
    @Nullable HttpRequest head() {
        return head;
    }

    /// A head has come.
    ///
    /// @return why this request is none that can be answered, if so
    Optional<ApiError> begin(HttpRequest newHead) {
        head = newHead;
        if (newHead.decoderResult().isFailure()) {
            return Optional.of(malformed(newHead.decoderResult().cause()));
        }
        long announced = HttpUtil.getContentLength(newHead, -1L);
        if (announced > limits.maxBodyBytes()) {
            return Optional.of(tooLarge());
        }
        body = announced == 0
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.buffer((int) Math.min(announced < 0 ? FIRST_BODY_BYTES : announced, 16 * FIRST_BODY_BYTES));
        return Optional.empty();
    }

    /// A part of its body has come.
    ///
    /// @return why this request is none that can be answered, if so
    Optional<ApiError> add(HttpContent part) {
        if (part.decoderResult().isFailure()) {
            return Optional.of(malformed(part.decoderResult().cause()));
        }
        if (body.readableBytes() + part.content().readableBytes() > limits.maxBodyBytes()) {
            return Optional.of(tooLarge());
        }
        if (part.content().isReadable()) {
            body.writeBytes(part.content());
        }
        return Optional.empty();
    }

    /// It is complete; the next may begin.
    ///
    /// @return its body
    byte[] takeBody() {
        byte[] bytes = body.isReadable() ? ByteBufUtil.getBytes(body) : NO_BODY;
        drop();
        return bytes;
    }

    /// Forgets what has come of it; what follows belongs to none.
    void drop() {
        head = null;
        body = Unpooled.EMPTY_BUFFER;
    }

    private static ApiError malformed(Throwable cause) {
        boolean tooLong = cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
        return tooLong
                ? ApiError.of(431, "headers_too_large", "the headers of the request are too long: " + cause.getMessage())
                : ApiError.of(400, "malformed_http", "this is not an HTTP/1.1 request: " + cause.getMessage());
    }

    private ApiError tooLarge() {
        return ApiError.of(413, "body_too_large", "the request body is larger than " + limits.maxBodyBytes() + " bytes");
    }
}
