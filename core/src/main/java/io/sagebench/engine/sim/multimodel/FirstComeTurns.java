package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.stepped.CardOperations;
import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.engine.stepped.SteppedSequence.KvPlace;
import io.sagebench.engine.stepped.TokenScheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Models take turns, first come, first served: what a card does that nobody schedules token by token.
///
/// A turn begins when a model is loaded: all requests for it that wait by then join its batch, and later ones as long as they came before the
/// first request for another model. The turn ends when its batch is empty, or after a limit once requests for another model wait; what still runs
/// then has its KV cache moved to the host and queues again, behind all that wait. Next comes the model of the first request that waits. A
/// prefill goes before the steps of the batch, as in engines without chunked prefill. When the KV caches of the batch outgrow the memory, the one
/// admitted last is moved to the host and comes back first.
final class FirstComeTurns implements TokenScheduler {
    /// Tokens of room that each sequence of the batch must have left when another joins: four blocks of 16, as in the artifact of Aegaeon.
    private static final int LOOKAHEAD_TOKENS = 64;

    private final CardOperations card;
    private final SwitchingLimits limits;
    private final Map<SteppedSequence, Place> places = new HashMap<>();
    private final PlaceQueues queues = new PlaceQueues();
    private final List<Place> running = new ArrayList<>();
    /// Those whose KV caches come from the host, in the order in which they will be there.
    private final List<Place> returning = new ArrayList<>();
    private boolean switching;
    private boolean yielding;
    private boolean hasStepped;
    private long yieldingSinceNanos;
    private long turnBeganAtArrival;
    private long arrivals;

    FirstComeTurns(CardOperations card, SwitchingLimits limits) {
        this.card = card;
        this.limits = limits;
    }

    @Override
    public void joined(SteppedSequence sequence, long arrivedAtNanos) {
        var place = new Place(sequence, arrivals++);
        places.put(sequence, place);
        queues.add(place);
    }

    @Override
    public void left(SteppedSequence sequence) {
        Place place = places.remove(sequence);
        if (place != null) {
            queues.remove(place);
            running.remove(place);
            returning.remove(place);
        }
    }

    @Override
    public void proceed() {
        while (!returning.isEmpty() && returning.getFirst().sequence.kvPlace() == KvPlace.ON_DEVICE) {
            running.add(returning.removeFirst());
        }
        boolean goesOn = true;
        while (goesOn && !card.isBusy()) { // else something comes back here: an arrival, or the end of an operation
            Optional<String> loaded = card.loaded();
            if (switching && loaded.isPresent()) {
                switching = false;
                turnBeganAtArrival = arrivals;
            }
            if (loaded.isEmpty() || isTurnOver(loaded.get())) {
                goesOn = switchModel(loaded.orElse(""));
            } else {
                goesOn = admitNext(loaded.get()) || stepBatch();
            }
        }
    }

    /// Whether the loaded model has to give way to one that requests wait for.
    private boolean isTurnOver(String loaded) {
        Optional<Place> rival = queues.firstExcept(loaded);
        if (rival.isEmpty()) {
            yielding = false;
            return false;
        }
        if (!yielding) {
            yielding = true;
            hasStepped = false;
            yieldingSinceNanos = card.nowNanos();
            prefetch(rival.get().model());
        }
        boolean overdue = hasStepped && card.nowNanos() - yieldingSinceNanos >= limits.turnNanos();
        boolean done = running.isEmpty() && queues.first(loaded).filter(this::mayJoin).isEmpty();
        return returning.isEmpty() && (done || overdue);
    }

    /// Whether a request for the loaded model belongs to this turn.
    private boolean mayJoin(Place place) {
        return place.order < turnBeganAtArrival
                || queues.firstExcept(place.model()).filter(rival -> rival.order < place.order).isEmpty();
    }

    private void prefetch(String model) {
        if (limits.prefetch() && card.fetching().isEmpty() && !card.prefetched().contains(model)) {
            card.prefetch(model);
        }
    }

    /// @return whether something was begun or changed
    private boolean switchModel(String from) {
        Optional<Place> next = queues.firstExcept(from);
        if (next.isEmpty()) {
            return false;
        }
        String model = next.get().model();
        for (Place place : List.copyOf(running)) {
            moveOut(place, arrivals++);
        }
        yielding = false;
        switching = card.switchTo(model);
        return switching || card.dropPrefetched();
    }

    private void moveOut(Place place, long order) {
        running.remove(place);
        place.order = order;
        queues.add(place);
        card.kvOut(place.sequence);
    }

    /// Takes the first that waits for the loaded model into the batch, if it may join and there is room.
    private boolean admitNext(String loaded) {
        Optional<Place> first = queues.first(loaded);
        if (first.filter(this::mayJoin).isEmpty() || running.size() + returning.size() >= limits.maxNumSeqs()) {
            return false;
        }
        Place place = first.get();
        boolean alone = running.isEmpty() && returning.isEmpty();
        if (!place.isNew() && place.sequence.kvPlace() != KvPlace.ON_HOST) {
            return false;
        }
        boolean isNew = place.isNew();
        boolean began = (alone || hasRoomBeside(place)) && (isNew ? card.prefill(place.sequence) : card.kvIn(place.sequence));
        if (began) {
            queues.remove(place);
            (isNew ? running : returning).add(place);
        }
        return began || (alone && card.dropPrefetched());
    }

    private boolean hasRoomBeside(Place place) {
        int own = place.isNew() ? place.sequence.job().promptTokens() : place.sequence.contextTokens();
        long lookahead = (long) LOOKAHEAD_TOKENS * (running.size() + returning.size() + 1);
        return card.freeKvBytes() >= (own + lookahead) * card.costs().kvBytesPerToken(place.model());
    }

    private boolean stepBatch() {
        if (running.isEmpty()) {
            return false;
        }
        if (card.step(running.stream().map(place -> place.sequence).toList())) {
            hasStepped = true;
            return true;
        }
        if (card.dropPrefetched()) {
            return true;
        }
        if (card.leaving() == 0 && card.fetching().isEmpty()) {
            card.countPreemption();
            moveOut(running.getLast(), running.getLast().order);
        }
        return false;
    }
}
