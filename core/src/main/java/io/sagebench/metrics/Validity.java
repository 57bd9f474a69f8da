package io.sagebench.metrics;

import java.util.List;

/// Whether the load generator kept its side of the bargain, so that the numbers speak of the server.
///
/// @param verdict the judgement
/// @param reasons why it is not valid; empty when it is
public record Validity(Verdict verdict, List<String> reasons) {

    /// The judgements.
    public enum Verdict {
        /// The load generator kept its schedule.
        VALID("valid"),
        /// The load generator was too slow: the numbers say as much of it as of the server.
        CLIENT_LIMITED("client_limited");

        private final String wireName;

        Verdict(String wireName) {
            this.wireName = wireName;
        }

        /// The stable name in reports.
        public String wireName() {
            return wireName;
        }
    }

    public Validity {
        reasons = List.copyOf(reasons);
    }
}
