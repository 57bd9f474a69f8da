package io.sagebench.live.engine;

import io.sagebench.live.net.BearerToken;
import io.sagebench.request.Check;
import io.sagebench.request.RequestType;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How to use a server behind a URL.
///
/// @param apiKey           sent to it, when it wants one
/// @param maxConcurrent    the most requests to have in it at a time, at least 1
/// @param connectTimeout   until a connection stands
/// @param firstByteTimeout from a request until the first byte of its answer
/// @param idleTimeout      between two pieces of an answer
/// @param answers          what it answers
public record HttpEngineSettings(
        Optional<BearerToken> apiKey,
        int maxConcurrent,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration idleTimeout,
        Answers answers) {
    /// No key, 100 requests, 2 s to connect, 60 s for the first byte and between two pieces; chats and completions.
    public static final HttpEngineSettings DEFAULT = new HttpEngineSettings(
            Optional.empty(), 100, Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(60), Answers.TEXT);

    /// What a server answers.
    ///
    /// @param types           of requests it takes, at least one
    /// @param maxTextsPerCall the most texts it embeds in one call (`max_client_batch_size` of text-embeddings-inference); absent for any number
    public record Answers(Set<RequestType> types, OptionalInt maxTextsPerCall) {
        /// Chats and completions.
        public static final Answers TEXT =
                new Answers(Set.of(RequestType.LLM_CHAT, RequestType.LLM_GENERATE), OptionalInt.empty());
        /// Embeddings, as many texts in a call as one likes.
        public static final Answers EMBEDDINGS = new Answers(Set.of(RequestType.EMBEDDING), OptionalInt.empty());

        public Answers {
            types = Set.copyOf(types);
            Check.atLeast(1, types.size(), "the number of request types");
            maxTextsPerCall.ifPresent(most -> Check.atLeast(1, most, "maxTextsPerCall"));
        }

        /// The same with a limit on the texts of a call.
        public Answers withMaxTextsPerCall(int texts) {
            return new Answers(types, OptionalInt.of(texts));
        }
    }

    public HttpEngineSettings {
        Check.atLeast(1, maxConcurrent, "maxConcurrent");
        Check.atLeast(1, connectTimeout.toMillis(), "connectTimeout in milliseconds");
        Check.atLeast(1, firstByteTimeout.toMillis(), "firstByteTimeout in milliseconds");
        Check.atLeast(1, idleTimeout.toMillis(), "idleTimeout in milliseconds");
    }

    /// The same with a key.
    public HttpEngineSettings withApiKey(BearerToken key) {
        return new HttpEngineSettings(Optional.of(key), maxConcurrent, connectTimeout, firstByteTimeout, idleTimeout, answers);
    }

    /// The same with another limit on requests.
    public HttpEngineSettings withMaxConcurrent(int limit) {
        return new HttpEngineSettings(apiKey, limit, connectTimeout, firstByteTimeout, idleTimeout, answers);
    }

    /// The same with other limits on waiting for an answer.
    public HttpEngineSettings withTimeouts(Duration firstByte, Duration idle) {
        return new HttpEngineSettings(apiKey, maxConcurrent, connectTimeout, firstByte, idle, answers);
    }

    /// The same for a server that answers other requests.
    public HttpEngineSettings withAnswers(Answers others) {
        return new HttpEngineSettings(apiKey, maxConcurrent, connectTimeout, firstByteTimeout, idleTimeout, others);
    }
}
