package io.sagebench.policy.aegaeon;

import io.sagebench.engine.stepped.SteppedCosts;
import io.sagebench.engine.stepped.SteppedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The round of one card: in which order models have their turns, and how long. A model takes part while it has sequences that decode or prompts
/// that wait, in the order of the alphabet, once a round; the batches of one model follow one another.
///
/// Quotas are reckoned anew whenever a sequence comes or goes. A model that is alone has no limit.
final class DecodeRound {
    /// Share of the TTFT limit that a round may take: a prompt that has just missed its model's turn then has as long again for the line before it.
    private static final double ROUND_SHARE = 0.5;

    private final AegaeonSettings settings;
    private final SteppedCosts costs;
    private final SwitchTimes switches;
    private final Map<String, ModelShare> shares = new TreeMap<>();
    private @Nullable Quotas quotas;

    DecodeRound(AegaeonSettings settings, SteppedCosts costs, SwitchTimes switches) {
        this.settings = settings;
        this.costs = costs;
        this.switches = switches;
    }

    /// The share of a model; made when it has none.
    ModelShare share(String model) {
        return shares.computeIfAbsent(model, _ -> new ModelShare(model, costs));
    }

    void remove(SteppedSequence sequence) {
        ModelShare share = shares.get(sequence.model());
        if (share != null) {
            share.remove(sequence);
        }
    }

    Iterable<ModelShare> shares() {
        return shares.values();
    }

    /// The quotas of the round, when models share the card.
    Optional<Quotas> quotas() {
        return Optional.ofNullable(quotas);
    }

    /// Reckons all quotas anew.
    ///
    /// @param line the prompts that wait: their models take part as if they decoded
    void reckon(PrefillLine<SteppedSequence> line) {
        for (String model : line.models()) {
            share(model);
        }
        List<ModelShare> batches = new ArrayList<>();
        double switchSeconds = 0;
        for (ModelShare share : shares.values()) {
            if (!takesPart(share, line)) {
                continue;
            }
            int count = share.batches();
            for (int i = 0; i < count; i++) {
                batches.add(share);
            }
            switchSeconds += switches.seconds(share.model());
        }
        if (batches.size() <= 1) {
            quotas = null;
            batches.forEach(share -> share.quotaNanos(Long.MAX_VALUE));
            return;
        }
        double[] n = new double[batches.size()];
        for (int i = 0; i < n.length; i++) {
            n[i] = settings.paceOver(stepNanos(batches.get(i), line));
        }
        var reckoned = Quotas.of(switchSeconds, qmaxSeconds(switchSeconds, n), settings.alphaMin(), n);
        for (int i = 0; i < n.length; i++) {
            batches.get(i).quotaNanos(Math.round(reckoned.seconds().get(i) * 1e9));
        }
        quotas = reckoned;
    }

    /// The longest quota: prompts are prefilled in the turns of their models, so that a round must not outlast a share of the TTFT limit, unless more
    /// than half of it would be switches. With that longest quota the quotas of a round add up to `min_n * qmax * S`.
    private double qmaxSeconds(double switchSeconds, double... n) {
        double demand = 0;
        double least = Double.MAX_VALUE;
        for (double each : n) {
            demand += 1 / each;
            least = Math.min(least, each);
        }
        double forQuotas = Math.max(switchSeconds, ROUND_SHARE * settings.ttftNanos() / 1e9 - switchSeconds);
        return Math.min(settings.qmaxSeconds(), forQuotas / (least * demand));
    }

    private long stepNanos(ModelShare share, PrefillLine<SteppedSequence> line) {
        if (!share.batch().isEmpty()) {
            return share.stepNanos();
        }
        int waiting = Math.max(1, line.waitingOf(share.model()));
        int context = line.firstOf(share.model()).map(first -> first.job().promptTokens()).orElse(1);
        return costs.stepNanos(share.model(), waiting, (long) waiting * context);
    }

    /// Whose turn comes next: that of the loaded model if it has not had it in this round, which saves a switch; else the first that has not. When
    /// all had theirs, a new round begins.
    ///
    /// @param line   the prompts that wait
    /// @param loaded the loaded model; empty when there is none
    Optional<ModelShare> next(PrefillLine<SteppedSequence> line, String loaded) {
        Optional<ModelShare> next = peek(line, loaded, share -> !share.isDone());
        if (next.isEmpty()) {
            shares.values().forEach(ModelShare::beginRound);
            next = peek(line, "", _ -> true);
        }
        return next;
    }

    /// Who will have its turn when that of `current` is over; empty when no other will.
    Optional<ModelShare> after(PrefillLine<SteppedSequence> line, String current) {
        return peek(line, "", share -> !share.isDone() && !share.model().equals(current))
                .or(() -> peek(line, "", share -> !share.model().equals(current)));
    }

    private static boolean takesPart(ModelShare share, PrefillLine<SteppedSequence> line) {
        return !share.isEmpty() || line.waitingOf(share.model()) > 0;
    }

    private Optional<ModelShare> peek(PrefillLine<SteppedSequence> line, String preferred, Predicate<ModelShare> among) {
        ModelShare first = null;
        for (ModelShare share : shares.values()) {
            if (takesPart(share, line) && among.test(share) && (first == null || share.model().equals(preferred))) {
                first = share;
            }
        }
        return Optional.ofNullable(first);
    }
}
