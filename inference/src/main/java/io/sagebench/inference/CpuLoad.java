package io.sagebench.inference;

/// What a CPU engine has in hand.
///
/// @param running  sequences in prefill or decode, or texts being embedded
/// @param kvTokens tokens whose keys and values it holds
/// @param kvBytes  native memory of the caches, padding included
public record CpuLoad(int running, long kvTokens, long kvBytes) {
    /// Nothing.
    static final CpuLoad IDLE = new CpuLoad(0, 0, 0);
}
