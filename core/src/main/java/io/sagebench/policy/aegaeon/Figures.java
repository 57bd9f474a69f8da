package io.sagebench.policy.aegaeon;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the policy computes, summed up.
final class Figures {
    private Figures() {}

    static Map<String, Double> of(Collection<AegaeonCard> cards, Collection<EngineBook> books) {
        double alpha = 0;
        double demand = 0;
        double switchSeconds = 0;
        double quotaSeconds = 0;
        double switchesPerSecond = 0;
        double switchShare = 0;
        int rounds = 0;
        for (AegaeonCard card : cards) {
            switchesPerSecond += card.figures().switchesPerSecond();
            switchShare += card.figures().switchShare() / cards.size();
            if (card.quotas().isPresent()) {
                Quotas quotas = card.quotas().get();
                rounds++;
                alpha += quotas.alpha();
                demand += quotas.demand();
                switchSeconds += quotas.switchSeconds();
                quotaSeconds += (quotas.roundSeconds() - quotas.switchSeconds()) / quotas.seconds().size();
            }
        }
        long opened = 0;
        long joined = 0;
        for (EngineBook book : books) {
            if (book.kind() != EngineBook.Kind.ONE_MODEL) {
                opened += book.line().opened();
                joined += book.line().joined();
            }
        }
        var figures = new LinkedHashMap<String, Double>();
        if (rounds > 0) {
            figures.put("alpha", alpha / rounds);
            figures.put("S", demand / rounds);
            figures.put("c", switchSeconds / rounds);
            figures.put("q", quotaSeconds / rounds);
        }
        figures.put("switches_per_s", switchesPerSecond);
        figures.put("switch_share", switchShare);
        if (opened > 0) {
            figures.put("group_size", (double) joined / opened);
        }
        return figures;
    }
}
