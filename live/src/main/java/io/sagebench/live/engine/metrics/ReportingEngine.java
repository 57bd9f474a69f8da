package io.sagebench.live.engine.metrics;

import io.sagebench.engine.Engine;
import java.util.Optional;

/// An engine that tells more of itself than policies need, as far as its server does, and holds what must be given back. Safe for use by any thread,
/// but for what an [Engine] does.
public interface ReportingEngine extends Engine, AutoCloseable {

    /// What its server last said of itself, however long ago; absent when it never did.
    Optional<EngineReport> report();

    /// Why the last look at its metrics gave nothing; absent when it did, or when they are left alone.
    Optional<String> metricsProblem();

    /// Gives back what it holds. Harmless when called again.
    @Override
    void close();
}
