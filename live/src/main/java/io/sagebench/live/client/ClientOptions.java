package io.sagebench.live.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How the load client asks, and how long it waits.
///
/// @param connect   limit for a new connection, TLS handshake included
/// @param firstByte limit from the send to the first byte of the response
/// @param idle      limit between two reads of one response
/// @param total     limit for the whole request, from the moment it was to be sent
/// @param streaming whether answers are asked for as a stream of events
/// @param ignoreEos whether engines are asked to generate the full length (`ignore_eos`, an extension of vLLM and SGLang)
/// @param apiKey    sent as bearer token; never printed
/// @param headers   further request headers
/// @param sampling  how answers are drawn, and what else the body of a request for one says beside model, prompt and length: fields by their names
/// @param texts     what prompts say that are made up, and what becomes of the texts of answers
public record ClientOptions(
        Duration connect,
        Duration firstByte,
        Duration idle,
        Duration total,
        boolean streaming,
        boolean ignoreEos,
        Optional<String> apiKey,
        Map<String, String> headers,
        Map<String, Object> sampling,
        ClientTexts texts) {
    /// What is asked for unless something else is said.
    public static final Map<String, Object> USUAL_SAMPLING = usualSampling();

    public ClientOptions {
        positive(connect, "connect");
        positive(firstByte, "firstByte");
        positive(idle, "idle");
        positive(total, "total");
        apiKey.ifPresent(key -> oneLine(key, "apiKey"));
        headers = Map.copyOf(headers);
        sampling = Collections.unmodifiableMap(new LinkedHashMap<>(sampling));
        headers.forEach((name, value) -> {
            oneLine(name, "header name");
            oneLine(value, "header " + name);
        });
    }

    private static Map<String, Object> usualSampling() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("temperature", 0.7);
        fields.put("top_p", 0.95);
        return Collections.unmodifiableMap(fields);
    }

    /// With the usual texts.
    public ClientOptions(
            Duration connect,
            Duration firstByte,
            Duration idle,
            Duration total,
            boolean streaming,
            boolean ignoreEos,
            Optional<String> apiKey,
            Map<String, String> headers,
            Map<String, Object> sampling) {
        this(connect, firstByte, idle, total, streaming, ignoreEos, apiKey, headers, sampling, ClientTexts.USUAL);
    }

    /// The same with other texts.
    public ClientOptions with(ClientTexts others) {
        return new ClientOptions(connect, firstByte, idle, total, streaming, ignoreEos, apiKey, headers, sampling, others);
    }

    /// With the usual sampling.
    public ClientOptions(
            Duration connect,
            Duration firstByte,
            Duration idle,
            Duration total,
            boolean streaming,
            boolean ignoreEos,
            Optional<String> apiKey,
            Map<String, String> headers) {
        this(connect, firstByte, idle, total, streaming, ignoreEos, apiKey, headers, USUAL_SAMPLING);
    }

    /// Without further headers.
    public ClientOptions(
            Duration connect,
            Duration firstByte,
            Duration idle,
            Duration total,
            boolean streaming,
            boolean ignoreEos,
            Optional<String> apiKey) {
        this(connect, firstByte, idle, total, streaming, ignoreEos, apiKey, Map.of());
    }

    @Override
    public String toString() {
        return "ClientOptions[connect=" + connect + ", firstByte=" + firstByte + ", idle=" + idle + ", total=" + total
                + ", streaming=" + streaming + ", ignoreEos=" + ignoreEos + ", apiKey="
                + (apiKey.isPresent() ? "set" : "none") + ", headers=" + headers.keySet() + ", sampling=" + sampling + "]";
    }

    private static void positive(Duration limit, String name) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException(name + " must be above 0, but was " + limit);
        }
    }

    private static void oneLine(String text, String name) {
        if (text.chars().anyMatch(unit -> unit < ' ' || unit > 0xFF)) {
            throw new IllegalArgumentException(name + " must be one line of Latin-1 text");
        }
    }
}
