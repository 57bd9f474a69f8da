package io.sagebench.perf.client;

import io.sagebench.live.client.ClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What one measurement is asked to do.
///
/// @param port          of the null server
/// @param streams       kept in flight, where the loop is closed
/// @param perSecond     requests a second, where it is open
/// @param tokens        of each answer
/// @param gapMicros     between tokens; 0 for as fast as possible
/// @param warmupSeconds not measured
/// @param seconds       measured
record Settings(int port, int streams, double perSecond, int tokens, int gapMicros, int warmupSeconds, int seconds) {

    /// From arguments such as `--streams 64`.
    static Settings of(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        return new Settings(
                Integer.parseInt(given.getOrDefault("--port", "0")),
                Integer.parseInt(given.getOrDefault("--streams", "64")),
                Double.parseDouble(given.getOrDefault("--rate", "50")),
                Integer.parseInt(given.getOrDefault("--tokens", "16")),
                Integer.parseInt(given.getOrDefault("--gap-micros", "0")),
                Integer.parseInt(given.getOrDefault("--warmup", "5")),
                Integer.parseInt(given.getOrDefault("--seconds", "10")));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    ClientOptions clientOptions(boolean logged) {
        var limit = Duration.ofSeconds(60);
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Gap-Micros", Integer.toString(gapMicros));
        if (logged) {
            headers.put("X-Log", "1");
        }
        return new ClientOptions(limit, limit, limit, limit.multipliedBy(10), true, false, Optional.empty(), headers);
    }
}
