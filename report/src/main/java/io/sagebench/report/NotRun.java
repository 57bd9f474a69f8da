package io.sagebench.report;

/// A policy that was asked for and not measured, because it would have been another policy in effect.
///
/// @param policy its name
/// @param needs  what it needs that the load or the engines do not offer, in words that follow "needs"
public record NotRun(String policy, String needs) {

    /// The reason for reports: `needs ...`.
    public String reason() {
        return "needs " + needs;
    }
}
