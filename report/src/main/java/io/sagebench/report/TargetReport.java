package io.sagebench.report;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// What was measured.
///
/// @param kind        how it was reached
/// @param url         where it listened; absent when simulated
/// @param description one line for people, for example `3 x qwen2.5-0.5b-a100`
/// @param health      what its health check answered, JSON or text; absent when there was none
public record TargetReport(Kind kind, Optional<URI> url, String description, Optional<String> health) {

    /// How a target is reached.
    public enum Kind {
        /// A server that ran before us.
        HTTP,
        /// The shipped control plane with simulated engines in this process, over loopback HTTP.
        EMBEDDED,
        /// The same in virtual time, without sockets.
        SIMULATED;

        /// The stable name in reports.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The line that says what was measured, for example `Target: simulated (virtual time), 3 x qwen2.5-0.5b-a100`.
    public String line() {
        return switch (kind) {
            case HTTP -> "Target: " + url.map(URI::toString).orElse("http") + described();
            case EMBEDDED -> "Target: embedded (simulated engines, real HTTP on " + url.map(URI::getAuthority).orElse("loopback") + ")"
                    + described();
            case SIMULATED -> "Target: simulated (virtual time)" + described();
        };
    }

    private String described() {
        return description.isBlank() ? "" : ", " + description;
    }
}
