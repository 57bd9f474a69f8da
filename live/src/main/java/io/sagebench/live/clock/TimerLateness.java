package io.sagebench.live.clock;

/// How late the timers of a live timeline fired.
///
/// @param fired         how many fired
/// @param meanNanos     mean lateness; 0 when none fired
/// @param longestNanos  longest lateness
public record TimerLateness(long fired, long meanNanos, long longestNanos) {}
