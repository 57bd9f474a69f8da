package io.sagebench.live.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The requests of one event loop that have not ended.
final class InFlight {
    private final List<Exchange> exchanges = new ArrayList<>();

    void add(Exchange exchange) {
        exchange.placeAt(exchanges.size());
        exchanges.add(exchange);
    }

    void remove(Exchange exchange) {
        int hole = exchange.place();
        Exchange last = exchanges.removeLast();
        if (last != exchange) {
            exchanges.set(hole, last);
            last.placeAt(hole);
        }
        exchange.placeAt(-1);
    }

    /// Visits each; the visitor may remove the one it visits.
    void forEach(Consumer<Exchange> visitor) {
        for (int i = exchanges.size() - 1; i >= 0; i--) { // from the end: removing moves only what was visited
            visitor.accept(exchanges.get(i));
        }
    }
}
