package io.sagebench.benchmark.data;

import io.sagebench.workload.Trace;
import java.util.HashSet;
import java.util.Locale;

/// How much of the prompts of a trace was said before: what a prefix cache without limits could save.
final class BlockReuse {
    private BlockReuse() {}

    static String of(Trace trace) {
        var seen = new HashSet<Long>();
        long blocks = 0;
        long again = 0;
        long tokens = 0;
        long savedTokens = 0;
        for (int i = 0; i < trace.size(); i++) {
            tokens += trace.promptTokens(i);
            int leading = 0;
            boolean all = true;
            for (int j = 0; j < trace.blocks(i); j++) {
                blocks++;
                boolean known = !seen.add(trace.block(i, j));
                again += known ? 1 : 0;
                all &= known;
                leading += all ? 1 : 0;
            }
            savedTokens += Math.min(trace.promptTokens(i), (long) leading * trace.blockTokens());
        }
        return String.format(
                Locale.ROOT,
                "Prefixes: %d blocks of %d tokens, %.1f %% of them seen before; a cache without limits would save %.1f %% of the prompt tokens",
                blocks,
                trace.blockTokens(),
                100.0 * again / blocks,
                100.0 * savedTokens / tokens);
    }
}
