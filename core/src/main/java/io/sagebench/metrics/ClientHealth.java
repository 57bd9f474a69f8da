package io.sagebench.metrics;

import java.util.OptionalDouble;

/// How the load generator itself did during the measured window. Absent values could not be measured.
///
/// @param cpuShare          mean share of the machine's cores its process kept busy, from 0 to 1
/// @param pausedShare       share of the window it stood still for garbage collection, from 0 to 1
/// @param longestPauseNanos longest of these pauses
/// @param localSocketErrors connections that failed for want of local descriptors or ports
/// @param heldBack          requests that had to wait because as many as were allowed were in flight
public record ClientHealth(
        OptionalDouble cpuShare,
        OptionalDouble pausedShare,
        long longestPauseNanos,
        long localSocketErrors,
        long heldBack) {
    /// One that held nothing back.
    public ClientHealth(
            OptionalDouble cpuShare, OptionalDouble pausedShare, long longestPauseNanos, long localSocketErrors) {
        this(cpuShare, pausedShare, longestPauseNanos, localSocketErrors, 0);
    }

    /// The same, with so many requests held back.
    public ClientHealth holdingBack(long requests) {
        return new ClientHealth(cpuShare, pausedShare, longestPauseNanos, localSocketErrors, requests);
    }

    /// Of a simulated client, which cannot fall behind.
    public static final ClientHealth PERFECT = new ClientHealth(OptionalDouble.empty(), OptionalDouble.empty(), 0, 0);
}
