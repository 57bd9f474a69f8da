package io.sagebench.engine.sim.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineLoad;
import io.sagebench.engine.LateTimeline;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.BatchTime;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.Batching;
import io.sagebench.time.VirtualTimeline;

/// One embedding engine in virtual time. A batch takes 1 ms, 10 us for each token and 1 ns for each query-key pair; a text is queued 2 ms after
/// it came.
final class EmbeddingTrial {
    final VirtualTimeline timeline = new VirtualTimeline();
    final EmbeddingEngine engine;
    final EngineLoad load;

    EmbeddingTrial(Batching batching) {
        this(batching, 1);
    }

    /// @param scale everything takes so many times as long
    EmbeddingTrial(Batching batching, double scale) {
        this(batching, scale, 0);
    }

    /// @param lateNanos how late the timeline notices each timer
    EmbeddingTrial(Batching batching, double scale, long lateNanos) {
        var profile = new EmbeddingProfile(
                "test", "test-model", 8, new BatchTime(scale, 0, 10 * scale, scale), batching, Math.round(2_000_000 * scale));
        engine = new EmbeddingEngine(new LateTimeline(timeline, lateNanos), new EngineId("e"), ServedModels.of("test-model"), profile);
        load = new EngineLoad(timeline, engine);
    }

    /// At most 100 tokens a batch, and 4 texts of at most 60 tokens.
    static Batching small(boolean padded, long maxWaitNanos) {
        return new Batching(100, 4, 60, 512, padded, maxWaitNanos);
    }

    EngineLoad.Job text(long atNanos, int tokens) {
        return load.job(atNanos, "test-model", tokens, 0);
    }

    EngineLoad.Job texts(long atNanos, Integer... tokens) {
        return load.texts(atNanos, "test-model", tokens);
    }

    void run() {
        timeline.run();
        assertThat(engine.stats().running()).isZero();
        assertThat(engine.stats().waiting()).isZero();
    }
}
