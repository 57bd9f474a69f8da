package io.sagebench.metrics;

import java.util.ArrayList;
import java.util.List;

/// Whether the load generator kept its side of the bargain, so that the numbers speak of the server.
///
/// @param verdict the judgement
/// @param reasons why it is not valid; empty when it is
/// @param notes   what does not fit together but is not the load generator's fault as far as known
public record Validity(Verdict verdict, List<String> reasons, List<String> notes) {

    /// One without notes.
    public Validity(Verdict verdict, List<String> reasons) {
        this(verdict, reasons, List.of());
    }

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
        notes = List.copyOf(notes);
    }

    /// The same with one more note.
    Validity noting(String note) {
        var more = new ArrayList<>(notes);
        more.add(note);
        return new Validity(verdict, reasons, more);
    }
}
