package io.sagebench.request;

import java.util.Locale;
import java.util.Optional;

/// How urgent a request is, most urgent first.
public enum Priority {
    CRITICAL(0),
    HIGH(1),
    NORMAL(2),
    LOW(3),
    BACKGROUND(4);

    private final int band;

    Priority(int band) {
        this.band = band;
    }

    /// The band: 0 for CRITICAL to 4 for BACKGROUND.
    public int band() {
        return band;
    }

    /// The priority of that name in any case, if there is one.
    public static Optional<Priority> named(String name) {
        for (Priority priority : values()) {
            if (priority.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }
}
