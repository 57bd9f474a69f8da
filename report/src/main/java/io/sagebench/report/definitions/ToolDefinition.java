package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;

/// How another tool defines its figures. What it says of a request follows from the moments in our record: `a` intended, `s` sent, `c_1..c_k` the
/// pieces of the answer, `e` the end, `n` output tokens.
public interface ToolDefinition {
    /// The tool's name in options.
    String name();

    /// What its definitions are, in a line for people.
    String rule();

    /// Takes one completed request.
    void take(StoredRequest request, Figures figures);

    /// Output tokens of a request, as the tool counts them.
    default int outputTokens(StoredRequest request) {
        return request.outputTokens();
    }

    /// Percentiles of a distribution: NumPy's default, linear between the two nearest samples, unless the tool has another rule.
    default double percentile(Distribution distribution, double percent) {
        return distribution.linear(percent);
    }
}
