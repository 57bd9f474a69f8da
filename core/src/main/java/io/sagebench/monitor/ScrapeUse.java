package io.sagebench.monitor;

import java.util.Optional;

/// What a page of metrics said while something was measured.
///
/// @param url            of the page
/// @param kind           whose page it is: `vllm`, `dcgm` ...; `unknown` when no page said so
/// @param samples        pages that were read
/// @param failures       pages that were asked for and not read
/// @param lastFailure    why, of the last of these
/// @param running        requests the engine worked on
/// @param waiting        requests in its queue
/// @param kvCachePercent how full its KV cache was
public record ScrapeUse(
        String url,
        String kind,
        long samples,
        long failures,
        Optional<String> lastFailure,
        Optional<Spread> running,
        Optional<Spread> waiting,
        Optional<Spread> kvCachePercent) {}
