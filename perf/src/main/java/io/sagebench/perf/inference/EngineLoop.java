package io.sagebench.perf.inference;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.RealText;
import io.sagebench.engine.Sampling;
import io.sagebench.engine.ServedModels;
import io.sagebench.inference.CpuEngine;
import io.sagebench.inference.CpuEngineSettings;
import io.sagebench.inference.LoadedModel;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The engine as it is served: on a live timeline, all requests at once.
final class EngineLoop implements AutoCloseable {
    private final LoadedModel model;
    private final LiveTimeline timeline = new LiveTimeline("timeline", new RunClock(), Throwable::printStackTrace);
    private final CpuEngine engine;
    private long asked;

    EngineLoop(LoadedModel model, CpuEngineSettings settings) {
        this.model = model;
        this.engine = new CpuEngine(timeline, timeline, new EngineId("cpu"), ServedModels.of(model.name()), model, settings);
        timeline.start();
    }

    /// @return what each says
    List<Answer> run(int[][] prompts, int outputTokens) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        timeline.call(() -> {
            for (int[] prompt : prompts) {
                var answering = new Answer(prompt, outputTokens);
                answers.add(answering.done);
                engine.start(
                        new EngineJob(new RequestId("r" + asked++), model.name(), Priority.NORMAL, prompt.length, outputTokens, answering),
                        answering);
            }
            return answers;
        });
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /// From asking to the first token's arrival on the timeline, in nanoseconds.
    long ttftNanos(int[] prompt) {
        long beganNanos = System.nanoTime();
        return run(new int[][] {prompt}, 1).getFirst().firstTokenAtNanos - beganNanos;
    }

    @Override
    public void close() {
        engine.close();
        timeline.close();
        model.close();
    }

    /// What one request says.
    static final class Answer implements RealText, EngineEvents {
        private final int[] prompt;
        private final int[] tokens;
        private final CompletableFuture<Answer> done = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private int said;
        private long firstTokenAtNanos;

        Answer(int[] prompt, int outputTokens) {
            this.prompt = prompt;
            this.tokens = new int[outputTokens];
        }

        int[] tokens() {
            return tokens;
        }

        @Override
        public int[] promptTokens() {
            return prompt;
        }

        @Override
        public Sampling sampling() {
            return Sampling.GREEDY;
        }

        @Override
        public void said(int token, String piece) {
            tokens[said++] = token;
            text.append(piece);
        }

        @Override
        public void embedded(float[] vector) {
            throw new IllegalStateException("no embedding was asked for");
        }

        @Override
        public void tokens(int count) {
            if (firstTokenAtNanos == 0) {
                firstTokenAtNanos = System.nanoTime();
            }
        }

        @Override
        public void finished(EngineResult result) {
            done.complete(this);
        }

        @Override
        public void failed(EngineFailure failure) {
            done.completeExceptionally(new IllegalStateException(failure.toString()));
        }
    }
}
