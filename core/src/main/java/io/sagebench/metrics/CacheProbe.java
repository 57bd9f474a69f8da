package io.sagebench.metrics;

import java.util.OptionalDouble;

/// What a server's prefix cache is worth: the same prompts, sent twice.
///
/// @param prompts         that were answered both times, at least 1
/// @param coldTtftNanos   median time to first token from the send, in words nobody had used
/// @param warmTtftNanos   the same for the same prompts again
/// @param coldCachedShare the share of their tokens that came from the cache the first time; absent when the server does not say
/// @param warmCachedShare the same the second time
public record CacheProbe(
        int prompts, double coldTtftNanos, double warmTtftNanos, OptionalDouble coldCachedShare, OptionalDouble warmCachedShare) {}
