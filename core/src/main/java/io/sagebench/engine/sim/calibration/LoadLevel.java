package io.sagebench.engine.sim.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Requests that were served together by an engine that had nothing to do before the first of them.
///
/// @param name     for people
/// @param requests in the order of their times; at least one
public record LoadLevel(String name, List<ObservedRequest> requests) {
    public LoadLevel {
        requests = requests.stream().sorted(Comparator.comparingLong(ObservedRequest::sentAtNanos)).toList();
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("a load level must have at least one request");
        }
    }

    /// Cuts a log into levels wherever nothing was under way.
    public static List<LoadLevel> cut(List<ObservedRequest> log) {
        var sorted = new LoadLevel("log", log).requests;
        var levels = new ArrayList<LoadLevel>();
        var together = new ArrayList<ObservedRequest>();
        long busyUntilNanos = Long.MIN_VALUE;
        for (ObservedRequest request : sorted) {
            if (!together.isEmpty() && request.sentAtNanos() >= busyUntilNanos) {
                levels.add(new LoadLevel("busy period " + (levels.size() + 1), together));
                together.clear();
            }
            together.add(request);
            busyUntilNanos = Math.max(busyUntilNanos, request.lastTokenAtNanos());
        }
        levels.add(new LoadLevel("busy period " + (levels.size() + 1), together));
        return levels;
    }

    /// The most tokens of prompts and answers that were under way at once, waiting ones included: more KV cache than this is never used.
    public long mostTokens() {
        record Change(long atNanos, int tokens) {}

        var changes = new ArrayList<Change>();
        for (ObservedRequest request : requests) {
            changes.add(new Change(request.sentAtNanos(), request.totalTokens()));
            changes.add(new Change(request.lastTokenAtNanos(), -request.totalTokens()));
        }
        changes.sort(Comparator.comparingLong(Change::atNanos).thenComparingInt(Change::tokens));
        long tokens = 0;
        long most = 0;
        for (Change change : changes) {
            tokens += change.tokens;
            most = Math.max(most, tokens);
        }
        return most;
    }

    /// Whether all were sent before the first of them had its first token: nothing came in the middle of things.
    boolean isWave() {
        long firstTokenAtNanos =
                requests.stream().mapToLong(ObservedRequest::firstTokenAtNanos).min().orElseThrow();
        return requests.getLast().sentAtNanos() < firstTokenAtNanos;
    }

    int longest() {
        return requests.stream().mapToInt(ObservedRequest::totalTokens).max().orElseThrow();
    }
}
