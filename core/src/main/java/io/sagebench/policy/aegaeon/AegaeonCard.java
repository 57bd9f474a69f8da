package io.sagebench.policy.aegaeon;

import io.sagebench.engine.stepped.CardOperations;
import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.engine.stepped.SteppedSequence.KvPlace;
import io.sagebench.engine.stepped.TokenScheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Drives one card as Aegaeon does (Xiang et al., SOSP 2025), with prefill and decode on the same card:
///
///  -  decoding goes round by [Quotas]; at the end of a turn KV caches go to the host, unless its batch is the only one, and meanwhile the next
///     model's weights and KV caches come;
///  -  a prompt whose model is loaded is prefilled at once, since that takes no switch; the others when the turn of their model comes;
///  -  when the line of groups, served now and without a pause, would just give all their first tokens within a share of the TTFT limit, prompts go
///     first, as long as decoding keeps up: group after group, until there is time again. The model loaded last has its turn next.
final class AegaeonCard implements TokenScheduler {
    /// Share of the TTFT limit after which a prompt counts as due: what is left is for the step under way and for moves that hinder.
    private static final double DUE_SHARE = 0.8;

    private final AegaeonSettings settings;
    private final CardOperations card;
    private final SwitchTimes switches;
    private final CardFigures figures;
    private final PrefillLine<SteppedSequence> line;
    private final DecodeRound round;
    private final Map<SteppedSequence, Long> arrivedAtNanos = new HashMap<>();
    private @Nullable SteppedSequence prefilling;
    private @Nullable ModelShare turn;
    private @Nullable ModelShare stepping;
    private long stepNanos;
    /// The model it leaves the loaded one for, until its first work there.
    private @Nullable String heading;
    private long headingSinceNanos;
    /// Whether room ran out since the last switch, so that nothing is brought in advance.
    private boolean crowded;
    private boolean changed;
    private long dueAtNanos = Long.MAX_VALUE;

    AegaeonCard(AegaeonSettings settings, CardOperations card, SwitchTimes switches) {
        this.settings = settings;
        this.card = card;
        this.switches = switches;
        this.figures = new CardFigures(card.nowNanos());
        this.line = new PrefillLine<>(settings.maxGroupSize());
        this.round = new DecodeRound(settings, card.costs(), switches);
    }

    SwitchTimes switches() {
        return switches;
    }

    /// Tokens of KV cache for which a model has room when it is loaded.
    long kvTokens(String model) {
        return card.costs().models().contains(model)
                ? card.costs().kvBytes(model) / card.costs().kvBytesPerToken(model)
                : Long.MAX_VALUE;
    }

    CardFigures figures() {
        return figures;
    }

    Optional<Quotas> quotas() {
        return round.quotas();
    }

    PrefillLine<SteppedSequence> line() {
        return line;
    }

    @Override
    public void joined(SteppedSequence sequence, long atNanos) {
        arrivedAtNanos.put(sequence, atNanos);
        changed = true;
        if (sequence.contextTokens() == 0) {
            long prefillNanos = card.costs().prefillNanos(sequence.model(), sequence.job().promptTokens());
            line.add(sequence, sequence.model(), prefillNanos, switches::nanos);
        } else {
            round.share(sequence.model()).add(sequence);
        }
    }

    @Override
    public void left(SteppedSequence sequence) {
        arrivedAtNanos.remove(sequence);
        changed = true;
        line.remove(sequence);
        round.remove(sequence);
    }

    @Override
    public void proceed() {
        figures.at(card.nowNanos());
        if (!card.isBusy()) {
            settle();
            boolean goesOn = true;
            while (goesOn && !card.isBusy()) {
                reckon();
                goesOn = begin();
            }
        }
        bringInAdvance();
    }

    /// Takes note of what the processor has just done.
    private void settle() {
        if (stepping != null) {
            stepping.stepped(stepNanos);
            stepping = null;
        }
        SteppedSequence prefilled = prefilling;
        prefilling = null;
        if (prefilled != null && line.remove(prefilled)) {
            changed = true;
            round.share(prefilled.model()).add(prefilled);
        }
    }

    private void reckon() {
        if (!changed) {
            return;
        }
        changed = false;
        round.reckon(line);
        ModelShare current = turn;
        if (current != null && current.isEmpty() && line.waitingOf(current.model()) == 0) {
            current.endTurn();
            turn = null;
        }
        dueAtNanos = Long.MAX_VALUE;
        long allowedNanos = Math.round(settings.ttftNanos() * DUE_SHARE);
        long workNanos = 0;
        for (PrefillLine.Group<SteppedSequence> group : line.groups()) {
            workNanos += group.workNanos();
            dueAtNanos = Math.min(dueAtNanos, arrivedAtNanos.getOrDefault(group.first(), 0L) + allowedNanos - workNanos);
        }
    }

    /// Begins what comes next.
    ///
    /// @return whether there may be more to begin; when not, and the processor is idle, something under way comes back here
    private boolean begin() {
        String loaded = card.loaded().orElse("");
        if (isDue()) {
            String model = line.groups().getFirst().model();
            if (turn != null && !turn.model().equals(model)) {
                turn = null; // it goes on later with what is left of its quota
            }
            if (!model.equals(loaded)) {
                return switchTo(model);
            }
            if (prefill(model)) {
                return true;
            }
        }
        ModelShare current = turn;
        if (current != null && current.leftNanos() <= 0) {
            endTurn(current);
            current = null;
        }
        if (current == null) {
            current = round.next(line, loaded).orElse(null);
            turn = current;
        }
        if (current == null) {
            return false;
        }
        String model = current.model();
        return model.equals(loaded) ? prefill(model) || decode(model) : switchTo(model);
    }

    /// Whether prompts go first. Where decoding does not keep up they wait for the turns of their models: to prefill more would only add to what it
    /// falls behind with.
    private boolean isDue() {
        boolean keepsUp = round.quotas().filter(quotas -> quotas.alpha() > 1).isEmpty();
        return !line.isEmpty() && keepsUp && card.nowNanos() >= dueAtNanos;
    }

    private void endTurn(ModelShare share) {
        List<SteppedSequence> had = List.copyOf(share.batch());
        share.endTurn();
        turn = null;
        for (SteppedSequence sequence : had) {
            if (!share.batch().contains(sequence) && sequence.kvPlace() == KvPlace.ON_DEVICE) {
                card.kvOut(sequence);
            }
        }
        changed = true;
    }

    /// @return whether it began
    private boolean prefill(String model) {
        Optional<SteppedSequence> first = line.firstOf(model);
        if (first.isEmpty()) {
            return false;
        }
        List<SteppedSequence> batch = round.share(model).batch();
        long tokens = first.get().job().promptTokens() + (long) ModelShare.LOOKAHEAD_TOKENS * (batch.size() + 1);
        boolean roomBeside = tokens * card.costs().kvBytesPerToken(model) <= card.freeKvBytes();
        if (!roomBeside && !batch.isEmpty() && !makeRoom(model)) {
            return false;
        }
        if ((roomBeside || batch.isEmpty()) && card.prefill(first.get())) {
            prefilling = first.get();
            arrivedWithWork(model);
            return true;
        }
        return makeRoom(model);
    }

    private boolean decode(String model) {
        ModelShare share = round.share(model);
        List<SteppedSequence> ready = new ArrayList<>(share.batch().size());
        for (SteppedSequence sequence : share.batch()) {
            if (sequence.kvPlace() == KvPlace.ON_HOST && !bringIn(sequence, share.batch().size()) && ready.isEmpty()) {
                makeRoom(model);
            }
            if (sequence.kvPlace() == KvPlace.ON_DEVICE) {
                ready.add(sequence);
            }
        }
        if (ready.isEmpty()) {
            return false; // they are on their way, or others make room
        }
        if (card.step(ready)) {
            stepNanos = card.costs().stepNanos(ready);
            stepping = share;
            arrivedWithWork(model);
            return true;
        }
        if (makeRoom(model)) {
            return true;
        }
        if (card.leaving() == 0 && ready.size() > 1) {
            card.countPreemption();
            changed = true;
            SteppedSequence last = share.split();
            if (last.kvPlace() == KvPlace.ON_DEVICE) {
                card.kvOut(last);
            }
        }
        return false;
    }

    private boolean bringIn(SteppedSequence sequence, int beside) {
        long tokens = sequence.contextTokens() + (long) ModelShare.LOOKAHEAD_TOKENS * beside;
        long free = card.freeKvBytes();
        return (tokens * card.costs().kvBytesPerToken(sequence.model()) <= free || beside <= 1) && card.kvIn(sequence);
    }

    private void arrivedWithWork(String model) {
        if (model.equals(heading)) {
            long nanos = card.nowNanos() - headingSinceNanos;
            switches.measured(model, nanos);
            figures.switched(nanos);
        }
        heading = null;
    }

    private boolean switchTo(String model) {
        if (!model.equals(heading)) {
            heading = model;
            headingSinceNanos = card.nowNanos();
        }
        for (ModelShare share : round.shares()) {
            if (!share.model().equals(model)) {
                takeOut(share);
            }
        }
        crowded = false;
        if (card.switchTo(model)) {
            return true;
        }
        boolean dropped = false;
        for (String ready : List.copyOf(card.prefetched())) {
            if (!ready.equals(model)) {
                card.drop(ready);
                dropped = true;
            }
        }
        return dropped; // else caches leave, or weights come that can be dropped then
    }

    /// @return whether any began to leave
    private boolean takeOut(ModelShare share) {
        boolean began = false;
        for (SteppedSequence sequence : share.batch()) {
            began |= takeOut(sequence);
        }
        for (SteppedSequence sequence : share.others()) {
            began |= takeOut(sequence);
        }
        return began;
    }

    private boolean takeOut(SteppedSequence sequence) {
        boolean leaves = sequence.kvPlace() == KvPlace.ON_DEVICE;
        if (leaves) {
            card.kvOut(sequence);
        }
        return leaves;
    }

    /// Has what was brought in advance give way to the loaded model.
    ///
    /// @return whether there is more room now
    private boolean makeRoom(String model) {
        crowded = true;
        if (card.dropPrefetched()) {
            return true;
        }
        for (ModelShare share : round.shares()) {
            if (!share.model().equals(model)) {
                takeOut(share);
            }
        }
        return false;
    }

    /// Brings the weights, then the KV caches of the model that comes next, beside what the processor does.
    private void bringInAdvance() {
        String loaded = card.loaded().orElse("");
        if (loaded.isEmpty() || crowded || !card.isBusy()) {
            return;
        }
        Optional<String> next = comingAfter(loaded);
        if (next.isEmpty()) {
            return;
        }
        String model = next.get();
        if (!card.prefetched().contains(model)) {
            if (card.fetching().isEmpty() && !card.prefetch(model) && card.dropPrefetched()) {
                card.prefetch(model);
            }
            return;
        }
        ModelShare share = round.share(model);
        int growing = round.share(loaded).batch().size();
        long reserved = (long) ModelShare.LOOKAHEAD_TOKENS * growing * card.costs().kvBytesPerToken(loaded);
        for (SteppedSequence sequence : share.batch()) {
            long bytes = (sequence.contextTokens() + ModelShare.LOOKAHEAD_TOKENS) * card.costs().kvBytesPerToken(model);
            if (sequence.kvPlace() == KvPlace.ON_HOST && (card.freeKvBytes() - reserved < bytes || !card.kvIn(sequence))) {
                return;
            }
        }
    }

    private Optional<String> comingAfter(String loaded) {
        if (!line.isEmpty()) {
            String first = line.groups().getFirst().model();
            ModelShare current = turn;
            long turnEndsAtNanos = current == null || current.leftNanos() > dueAtNanos ? dueAtNanos : card.nowNanos() + current.leftNanos();
            if (dueAtNanos <= turnEndsAtNanos && !first.equals(loaded)) {
                return Optional.of(first);
            }
        }
        return round.after(line, loaded).map(ModelShare::model);
    }
}
