package io.sagebench.metrics;

import io.sagebench.journal.TokenSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Adds up how the lengths that were asked for compare with those that came.
final class LengthSums {
    private final Map<TokenSource, Long> sources = new EnumMap<>(TokenSource.class);
    private long compared;
    private long asked;
    private long received;
    private long mismatch;
    private long largest;
    private long exact;

    /// One more request.
    void add(int askedTokens, int receivedTokens, TokenSource source) {
        sources.merge(source, 1L, Long::sum);
        if (source == TokenSource.ESTIMATE) {
            return; // there is nothing to compare with
        }
        compared++;
        asked += askedTokens;
        received += receivedTokens;
        long apart = Math.abs((long) receivedTokens - askedTokens);
        mismatch += apart;
        largest = Math.max(largest, apart);
        exact += apart == 0 ? 1 : 0;
    }

    LengthMatch match() {
        var named = new LinkedHashMap<String, Long>();
        sources.forEach((source, requests) -> named.put(source.wireName(), requests));
        return new LengthMatch(compared, asked, received, mismatch, largest, exact, named);
    }
}
