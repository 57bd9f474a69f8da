package io.sagebench.live.server;

import java.util.List;

/// The text of one answer on its way to the client: ends it where a stop begins, and holds back what may be the beginning of one.
final class SpokenText {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    /// @param stops texts that end the answer, none empty
    SpokenText(List<String> stops) {
        this.stops = stops;
    }

    /// Takes the next piece.
    ///
    /// @return what can be sent now
    String add(String piece) {
        if (stopped || piece.isEmpty()) {
            return "";
        }
        if (stops.isEmpty()) {
            return piece;
        }
        held.append(piece);
        int stop = firstStop();
        if (stop >= 0) {
            stopped = true;
            held.setLength(stop);
            return rest();
        }
        return taken(held.length() - doubtful());
    }

    /// Whether a stop has come. What is said after it does not count.
    boolean isStopped() {
        return stopped;
    }

    /// What was held back; it is no stop after all.
    String rest() {
        return taken(held.length());
    }

    private String taken(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }
        return first;
    }

    /// How long the longest end of the text is that a stop begins with.
    private int doubtful() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
