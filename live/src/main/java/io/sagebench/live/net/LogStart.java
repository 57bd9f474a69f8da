package io.sagebench.live.net;

import org.slf4j.LoggerFactory;

/// Begins logging. SLF4J complains when several threads log for the first time at the same time, so whoever starts threads does this first.
public final class LogStart {
    private LogStart() {}

    /// Returns when loggers work. Harmless when called again.
    public static void await() {
        LoggerFactory.getILoggerFactory();
    }
}
