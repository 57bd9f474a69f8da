package io.sagebench.inference;

import io.sagebench.engine.Ask;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;

/// A model, an engine that runs it, and the timeline it belongs to.
final class RunningEngine implements AutoCloseable {
    final LoadedModel model;
    final OneThreadTimeline timeline = new OneThreadTimeline();
    final CpuEngine engine;
    private long asked;

    RunningEngine(LoadedModel model, CpuEngineSettings settings) {
        this.model = model;
        this.engine = new CpuEngine(timeline, timeline, new EngineId("cpu"), ServedModels.of(model.name()), model, settings);
    }

    static RunningEngine tiny(CpuEngineSettings settings) {
        return new RunningEngine(LoadedModel.tiny(settings), settings);
    }

    /// Asks for that many tokens at most.
    EngineWork ask(Asked asking, int maxOutputTokens) {
        var id = new RequestId("r" + ++asked);
        return start(new EngineJob(
                id, model.name(), Priority.NORMAL, asking.promptTokens().length, maxOutputTokens, asking), asking);
    }

    /// Asks for embeddings.
    EngineWork embed(Asked asking) {
        var texts = new Ask.Texts(asking.texts().stream().map(tokens -> tokens.length).toList(), "");
        var id = new RequestId("r" + ++asked);
        return start(new EngineJob(id, Ask.embedding(model.name(), texts, PromptContent.unshared(id)), Priority.NORMAL, asking), asking);
    }

    /// Asks without a text.
    EngineWork askWith(Payload payload, Asked asking) {
        return start(new EngineJob(new RequestId("r" + ++asked), model.name(), Priority.NORMAL, 3, 3, payload), asking);
    }

    private EngineWork start(EngineJob job, Asked asking) {
        return timeline.call(() -> {
            EngineWork work = engine.start(job, asking);
            asking.work = work;
            return work;
        });
    }

    void cancel(EngineWork work) {
        timeline.call(() -> {
            work.cancel();
            return true;
        });
    }

    EngineStats stats() {
        return timeline.call(engine::stats);
    }

    /// Caches in native memory.
    int openCaches() {
        return ((DecoderGraph) model.graph()).openCaches().get();
    }

    @Override
    public void close() {
        engine.close();
        timeline.close();
        model.close();
    }
}
