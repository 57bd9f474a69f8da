package io.sagebench.inference;

import ai.onnxruntime.OrtException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Embeds texts, as many together as it may. First come, first served.
final class EmbeddingWork implements ModelWork {
    /// A job and what has become of its texts.
    private record Job(CpuSequence sequence, List<int[]> texts, List<float[]> vectors) {
        boolean isDone() {
            return vectors.size() == texts.size();
        }
    }

    /// One text.
    private record Text(Job job, int place) {
        int[] tokens() {
            return job.texts.get(place);
        }
    }

    private final EncoderGraph graph;
    private final CpuEngineSettings settings;
    private final Deliveries deliveries;
    private final Deque<Text> waiting = new ArrayDeque<>();
    private volatile CpuLoad load = CpuLoad.IDLE;

    EmbeddingWork(EncoderGraph graph, CpuEngineSettings settings, Deliveries deliveries) {
        this.graph = graph;
        this.settings = settings;
        this.deliveries = deliveries;
    }

    @Override
    public void add(CpuSequence sequence) {
        var job = new Job(sequence, sequence.text.texts(), new ArrayList<>());
        for (int place = 0; place < job.texts.size(); place++) {
            waiting.add(new Text(job, place));
        }
    }

    @Override
    public CpuLoad load() {
        return load;
    }

    @Override
    public boolean step() {
        waiting.removeIf(text -> text.job.sequence.cancelled || text.job.sequence.over);
        List<Text> batch = next();
        if (batch.isEmpty()) {
            return false;
        }
        int tokens = batch.stream().mapToInt(text -> text.tokens().length).sum();
        load = new CpuLoad(batch.size(), 0, 0);
        List<float[]> vectors;
        try {
            vectors = graph.embed(batch.stream().map(Text::tokens).toList());
        } catch (OrtException | OutOfMemoryError failed) {
            load = CpuLoad.IDLE;
            batch.stream().map(Text::job).distinct().forEach(job -> {
                job.sequence.over = true;
                deliveries.failed(job.sequence, "the runtime could not embed the text: " + failed.getMessage());
            });
            return true;
        }
        load = CpuLoad.IDLE;
        deliveries.stepped(tokens, List.of());
        for (int i = 0; i < batch.size(); i++) {
            Job job = batch.get(i).job;
            job.vectors.add(vectors.get(i));
            if (job.isDone()) {
                deliveries.embedded(job.sequence, job.vectors);
            }
        }
        return true;
    }

    private List<Text> next() {
        var batch = new ArrayList<Text>();
        for (Text text = waiting.peekFirst(); text != null && fits(text, batch); text = waiting.peekFirst()) {
            batch.add(waiting.removeFirst());
            if (text.job.vectors.isEmpty()) {
                deliveries.admitted(text.job.sequence);
            }
        }
        return batch;
    }

    private boolean fits(Text text, List<Text> batch) {
        return batch.size() < settings.maxConcurrent()
                && (graph.mixesLengths() || batch.isEmpty() || batch.getFirst().tokens().length == text.tokens().length);
    }

    @Override
    public void drop() {
        // nothing is kept between rounds
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
