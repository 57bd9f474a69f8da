package io.sagebench.live.engine;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.ServedModels;
import io.sagebench.live.net.SocketTrouble;
import io.sagebench.live.server.Exchange;
import io.sagebench.request.RequestType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A server as its calls need to know it: how to write to it, and how to speak of it. Safe for use by any thread.
///
/// @param id          how it is called towards clients, who need not know where it is
/// @param address     where it is
/// @param settings    how to use it
/// @param connections to it
/// @param models      what it answers for
record UpstreamServer(
        EngineId id,
        UpstreamAddress address,
        HttpEngineSettings settings,
        UpstreamConnections connections,
        ServedModels models) {

    /// The request as the server gets it: the client's body, untouched, unless the server knows the model by another name.
    FullHttpRequest request(EngineJob job, Exchange exchange) {
        byte[] body = otherName(job.model())
                .map(model -> ModelSplice.withModel(exchange.body(), model))
                .orElseGet(exchange::body);
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                address.path(endpointOf(job.ask().type())),
                Unpooled.wrappedBuffer(body));
        var headers = request.headers();
        headers.set(HttpHeaderNames.HOST, address.host());
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        headers.set(HttpHeaderNames.ACCEPT, exchange.wantsStream() ? "text/event-stream" : "application/json");
        headers.set("X-Request-ID", exchange.id().value());
        settings.headers().forEach(headers::set);
        settings.apiKey().ifPresent(key -> headers.set(HttpHeaderNames.AUTHORIZATION, key.headerValue()));
        return request;
    }

    private static String endpointOf(RequestType type) {
        return switch (type) {
            case LLM_CHAT -> "/chat/completions";
            case LLM_GENERATE -> "/completions";
            case EMBEDDING -> "/embeddings";
        };
    }

    /// The name the server knows a model by, where it differs from the one that the client used: `default`, which means any, is one of its models.
    Optional<String> otherName(String asked) {
        Map<String, String> known = settings.declared().models();
        boolean isAny = asked.equals(ServedModels.ANY) && !models.names().contains(ServedModels.ANY);
        String name = isAny ? models.names().iterator().next() : asked;
        return Optional.of(known.getOrDefault(name, name)).filter(own -> !own.equals(asked));
    }

    /// No connection to it could be made.
    String unreachable(Throwable cause) {
        return "the engine " + id + " cannot be reached: " + SocketTrouble.reason(cause);
    }

    /// The connection to it broke.
    String broke(Throwable cause) {
        return "the engine " + id + " broke off its answer: " + SocketTrouble.reason(cause);
    }

    /// It took too long.
    String silent(String what, Duration limit) {
        return "the engine " + id + " " + what + " for " + limit.toMillis() + " ms";
    }

    /// It gave an error.
    String says(String error) {
        return "the engine " + id + " gave " + error;
    }
}
