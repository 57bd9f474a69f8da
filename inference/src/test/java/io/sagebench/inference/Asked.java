package io.sagebench.inference;

import static java.util.Objects.requireNonNull;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.RealText;
import io.sagebench.engine.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One job as the one who asked sees it: what was asked, and all that came of it. Filled on the timeline.
final class Asked implements RealText, EngineEvents {
    private final List<int[]> texts;
    private final Sampling sampling;
    final List<Integer> tokens = new ArrayList<>();
    final List<String> pieces = new ArrayList<>();
    final List<float[]> vectors = new ArrayList<>();
    final CountDownLatch firstToken = new CountDownLatch(1);
    /// Runs right after each token.
    Runnable onToken = () -> {};
    @Nullable EngineWork work;
    int counted;
    int afterEnd;
    private final CompletableFuture<EngineResult> result = new CompletableFuture<>();
    private final CompletableFuture<EngineFailure> failure = new CompletableFuture<>();

    Asked(Sampling sampling, List<int[]> texts) {
        this.sampling = sampling;
        this.texts = texts;
    }

    static Asked greedy(int... prompt) {
        return new Asked(Sampling.GREEDY, List.of(prompt));
    }

    @Override
    public int[] promptTokens() {
        return texts.getFirst();
    }

    @Override
    public List<int[]> texts() {
        return texts;
    }

    @Override
    public Sampling sampling() {
        return sampling;
    }

    @Override
    public void said(int token, String text) {
        tokens.add(token);
        pieces.add(text);
    }

    @Override
    public void embedded(float[] vector) {
        vectors.add(vector);
    }

    @Override
    public void tokens(int count) {
        counted += count;
        afterEnd += isOver() ? 1 : 0;
        firstToken.countDown();
        onToken.run();
    }

    @Override
    public void finished(EngineResult of) {
        afterEnd += isOver() ? 1 : 0;
        result.complete(of);
    }

    @Override
    public void failed(EngineFailure why) {
        afterEnd += isOver() ? 1 : 0;
        failure.complete(why);
    }

    boolean isOver() {
        return result.isDone() || failure.isDone();
    }

    EngineWork work() {
        return requireNonNull(work);
    }

    /// The text so far.
    String text() {
        return String.join("", pieces);
    }

    /// Waits for the end.
    EngineResult result() {
        return await(CompletableFuture.anyOf(result, failure.thenApply(why -> {
            throw new AssertionError(why.toString());
        })).thenApply(EngineResult.class::cast));
    }

    /// Waits for the end, which is to be a failure.
    EngineFailure failure() {
        return await(failure);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException thrown) {
            throw new CompletionException(thrown.getCause());
        } catch (InterruptedException | TimeoutException never) {
            throw new AssertionError("no end within a minute", never);
        }
    }
}
