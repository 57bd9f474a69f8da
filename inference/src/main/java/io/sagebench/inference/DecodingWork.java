package io.sagebench.inference;

import ai.onnxruntime.OrtException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers prompts, batching continuously: each round computes some prompt tokens of newcomers, one after another, and one token for everybody who
/// decodes. First come, first served.
final class DecodingWork implements ModelWork {
    /// A prompt that is being computed.
    private record Prefill(CpuSequence sequence, Cache cache) {}

    private final LoadedModel model;
    private final DecoderGraph graph;
    private final CpuEngineSettings settings;
    private final Deliveries deliveries;
    private final DecoderStep step;
    private final Deque<CpuSequence> waiting = new ArrayDeque<>();
    private List<DecodeBatch> batches = new ArrayList<>();
    private @Nullable Prefill prefill;
    private volatile CpuLoad load = CpuLoad.IDLE;

    DecodingWork(LoadedModel model, DecoderGraph graph, CpuEngineSettings settings, Deliveries deliveries) throws OrtException {
        this.model = model;
        this.graph = graph;
        this.settings = settings;
        this.deliveries = deliveries;
        this.step = new DecoderStep(graph);
    }

    @Override
    public void add(CpuSequence sequence) {
        waiting.add(sequence);
    }

    @Override
    public CpuLoad load() {
        return load;
    }

    @Override
    public boolean step() throws OrtException {
        boolean prefilled = prefillSome();
        boolean decoded = false;
        for (DecodeBatch batch : batches) {
            decoded |= decode(batch);
        }
        batches.removeIf(batch -> batch.everybody().isEmpty());
        publish();
        return prefilled || decoded;
    }

    private boolean prefillSome() throws OrtException {
        int budget = settings.prefillChunkTokens();
        boolean any = false;
        while (budget > 0 && (prefill != null || admit())) {
            int computed = prefillChunk(budget);
            budget -= computed;
            any = true;
        }
        return any;
    }

    /// Takes up the next one that waits. Returns whether there was one, and room for it.
    private boolean admit() throws OrtException {
        waiting.removeIf(sequence -> sequence.cancelled);
        int running = batches.stream().mapToInt(batch -> Math.toIntExact(batch.everybody().stream().filter(DecodingWork::goesOn).count())).sum();
        if (waiting.isEmpty() || running >= settings.maxConcurrent()) {
            return false;
        }
        CpuSequence next = waiting.removeFirst();
        deliveries.admitted(next);
        next.begin(model);
        prefill = new Prefill(next, graph.emptyCache(1));
        publish();
        return true;
    }

    /// Computes the next part of the prompt under way.
    ///
    /// @param most tokens to compute, unless the graph takes prompts only whole
    /// @return tokens computed
    private int prefillChunk(int most) throws OrtException {
        Prefill now = java.util.Objects.requireNonNull(prefill);
        CpuSequence sequence = now.sequence;
        if (sequence.cancelled) {
            endPrefill(now.cache);
            return 0;
        }
        int from = now.cache.length();
        int to = graph.hasBranches() ? sequence.size() : Math.min(sequence.size(), from + most);
        Cache after;
        try {
            after = step.run(now.cache, new int[][] {sequence.tokens(from, to)}, new int[] {0});
        } catch (OrtException | OutOfMemoryError failed) {
            endPrefill(now.cache);
            deliveries.failed(sequence, "the runtime could not compute the prompt: " + failed.getMessage());
            return to - from;
        }
        now.cache.close();
        if (to < sequence.size()) {
            prefill = new Prefill(sequence, after);
            publish();
            deliveries.stepped(to - from, List.of());
            return to - from;
        }
        prefill = null;
        batchFor(after.length()).join(sequence, after);
        say(to - from, List.of(sequence));
        return to - from;
    }

    private void endPrefill(Cache cache) {
        prefill = null;
        cache.close();
        publish();
    }

    private DecodeBatch batchFor(int length) {
        for (DecodeBatch batch : batches) {
            if (graph.mixesLengths() || batch.length() == length) {
                return batch;
            }
        }
        var batch = new DecodeBatch(graph);
        batches.add(batch);
        return batch;
    }

    private boolean decode(DecodeBatch batch) {
        try {
            if (!batch.prepare(DecodingWork::goesOn)) {
                return false;
            }
            batch.step(step);
        } catch (OrtException | OutOfMemoryError failed) {
            List<CpuSequence> lost = batch.everybody();
            batch.close();
            publish();
            lost.stream().filter(DecodingWork::goesOn).forEach(sequence ->
                    deliveries.failed(sequence, "the runtime could not compute the next token: " + failed.getMessage()));
            return true;
        }
        List<CpuSequence> sequences = batch.sequences();
        say(sequences.size(), sequences);
        return true;
    }

    /// Picks the next token of each sequence, by the logits of the last step, and delivers them.
    private void say(int computedTokens, List<CpuSequence> sequences) {
        List<Deliveries.Said> said = new ArrayList<>(sequences.size());
        for (int row = 0; row < sequences.size(); row++) {
            CpuSequence sequence = sequences.get(row);
            int token;
            try {
                token = sequence.pick(step.logits(row));
            } catch (ArithmeticException noNumbers) {
                sequence.over = true;
                publish();
                deliveries.failed(sequence, String.valueOf(noNumbers.getMessage()));
                continue;
            }
            long atNanos = deliveries.nowNanos();
            boolean endsText = !sequence.text.sampling().ignoreEos() && model.eosTokens().contains(token);
            sequence.over = endsText || sequence.said() == sequence.job.maxOutputTokens();
            said.add(new Deliveries.Said(sequence, token, sequence.spell(token, sequence.over), sequence.over, atNanos));
        }
        publish();
        deliveries.stepped(computedTokens, said);
    }

    private static boolean goesOn(CpuSequence sequence) {
        return !sequence.over && !sequence.cancelled;
    }

    @Override
    public void drop() {
        var under = new ArrayList<CpuSequence>();
        for (DecodeBatch batch : batches) {
            batch.everybody().stream().filter(DecodingWork::goesOn).forEach(under::add);
            batch.close();
        }
        batches = new ArrayList<>();
        if (prefill != null) {
            under.add(prefill.sequence);
            endPrefill(prefill.cache);
        }
        for (int i = under.size() - 1; i >= 0; i--) {
            waiting.addFirst(under.get(i));
        }
        publish();
    }

    private void publish() {
        int running = 0;
        long tokens = 0;
        long positions = 0;
        for (DecodeBatch batch : batches) {
            for (CpuSequence sequence : batch.everybody()) {
                boolean counts = goesOn(sequence);
                running += counts ? 1 : 0;
                tokens += counts ? sequence.size() : 0;
            }
            positions += batch.positions();
        }
        if (prefill != null) {
            running++;
            tokens += prefill.cache.length();
            positions += prefill.cache.length();
        }
        load = new CpuLoad(running, tokens, positions * graph.bytesPerToken());
    }

    @Override
    public void close() {
        drop();
        step.close();
    }
}
