package io.sagebench.policy.hybrid;

import io.sagebench.request.Check;

/// How embedding requests are put together.
///
/// @param enabled           whether they are at all
/// @param texts             the most texts of a batch; a request with more is a batch by itself
/// @param tokens            the most tokens of a batch; a request with more is a batch by itself
/// @param leastTexts        the fewest texts that an idle engine is begun with before anybody is due
/// @param preferSpecialized whether engines that only embed go before mixed ones
record BatchLimits(boolean enabled, int texts, long tokens, int leastTexts, boolean preferSpecialized) {
    BatchLimits {
        Check.atLeast(1, texts, "texts");
        Check.atLeast(1, tokens, "tokens");
        Check.atLeast(1, leastTexts, "leastTexts");
    }
}
