package io.sagebench.inference;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Sequences that get their next tokens together, and their cache. Who joins or leaves does so before the next step, when the cache is put together
/// anew; in between, each step's cache is the next step's past as it stands.
final class DecodeBatch {
    /// One sequence.
    private record Row(CpuSequence sequence, Cache cache, int row, int padding) {}

    private final DecoderGraph graph;
    private List<Row> rows = new ArrayList<>();
    private final List<Row> joining = new ArrayList<>();
    private @Nullable Cache cache;
    private int[] padding = {};

    DecodeBatch(DecoderGraph graph) {
        this.graph = graph;
    }

    /// Positions of its rows, padding included; all that join are as long where the graph cannot mix lengths.
    int length() {
        if (cache != null) {
            return cache.length();
        }
        return joining.isEmpty() ? 0 : joining.getFirst().cache.length();
    }

    /// A sequence joins before the next step.
    ///
    /// @param own its cache, which becomes the batch's
    void join(CpuSequence sequence, Cache own) {
        joining.add(new Row(sequence, own, 0, 0));
    }

    /// Lets sequences join and leave.
    ///
    /// @param stays whether a sequence goes on
    /// @return whether anybody is left
    boolean prepare(Predicate<CpuSequence> stays) throws OrtException {
        List<Row> next = new ArrayList<>();
        rows.stream().filter(row -> stays.test(row.sequence)).forEach(next::add);
        joining.stream().filter(row -> stays.test(row.sequence)).forEach(next::add);
        if (joining.isEmpty() && next.size() == rows.size()) {
            return !rows.isEmpty();
        }
        if (next.size() == 1 && next.getFirst().cache.rows() == 1) { // nobody else's cache is needed
            keepOnly(Optional.of(next.getFirst().cache));
        } else if (next.isEmpty()) {
            keepOnly(Optional.empty());
        } else {
            Cache together = CacheRows.together(
                    graph, next.stream().map(row -> new CacheRows.Row(row.cache, row.row, row.padding)).toList());
            keepOnly(Optional.empty());
            cache = together;
        }
        place(next);
        return !rows.isEmpty();
    }

    private void keepOnly(Optional<Cache> kept) {
        var all = new ArrayList<Cache>();
        if (cache != null) {
            all.add(cache);
        }
        joining.forEach(row -> all.add(row.cache));
        joining.clear();
        all.stream().filter(one -> kept.isEmpty() || one != kept.get()).forEach(Cache::close);
        cache = kept.orElse(null);
    }

    private void place(List<Row> next) {
        rows = new ArrayList<>();
        padding = new int[next.size()];
        for (int i = 0; i < next.size(); i++) {
            Row row = next.get(i);
            padding[i] = here().length() - (row.cache.length() - row.padding);
            rows.add(new Row(row.sequence, here(), i, padding[i]));
        }
    }

    private Cache here() {
        if (cache == null) {
            throw new IllegalStateException("no sequences");
        }
        return cache;
    }

    /// Computes one token for each sequence.
    void step(DecoderStep by) throws OrtException {
        var tokens = new int[rows.size()][];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = new int[] {rows.get(i).sequence.lastToken()};
        }
        Cache past = here();
        cache = by.run(past, tokens, padding);
        past.close();
        for (int i = 0; i < tokens.length; i++) {
            rows.set(i, new Row(rows.get(i).sequence, cache, i, padding[i]));
        }
    }

    /// The sequences of the last step, in the order of its logits.
    List<CpuSequence> sequences() {
        return rows.stream().map(Row::sequence).toList();
    }

    /// Those and the ones about to join.
    List<CpuSequence> everybody() {
        var all = new ArrayList<>(sequences());
        joining.forEach(row -> all.add(row.sequence));
        return all;
    }

    /// Positions of its caches in memory, padding included.
    long positions() {
        long own = cache == null ? 0 : (long) cache.rows() * cache.length();
        return own + joining.stream().mapToLong(row -> row.cache.length()).sum();
    }

    /// Frees the caches; nobody is left.
    void close() {
        keepOnly(Optional.empty());
        rows = new ArrayList<>();
        padding = new int[0];
    }
}
