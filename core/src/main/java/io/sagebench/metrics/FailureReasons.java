package io.sagebench.metrics;

import io.sagebench.request.Outcome;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Counts why requests did not complete, in the words of their outcomes. Keeps a limited number of different reasons, so that messages that
/// all differ do not add up.
final class FailureReasons {
    private static final int MOST = 16;
    private static final int LONGEST = 160;
    private static final String OTHERS = "others";

    private final Map<String, Long> counts = new TreeMap<>();

    void add(Outcome outcome) {
        String reason = outcome.detail().isEmpty() ? outcome.wireName() : outcome.wireName() + " " + outcome.detail();
        if (reason.length() > LONGEST) {
            reason = reason.substring(0, LONGEST) + "...";
        }
        counts.merge(counts.containsKey(reason) || counts.size() < MOST ? reason : OTHERS, 1L, Long::sum);
    }

    /// The reasons, most frequent first.
    Map<String, Long> mostFrequentFirst() {
        var sorted = new LinkedHashMap<String, Long>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
