package io.sagebench.metrics;

import io.sagebench.journal.RequestRecord;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What each of several parties asked for and what it got in time, see [Fairness].
final class ServiceShares {
    private static final double OUTPUT_WEIGHT = 2;

    private final Map<String, Share> shares = new TreeMap<>();

    /// Weighted tokens of one party.
    private static final class Share {
        private double asked;
        private double served;
    }

    void add(String who, RequestRecord ended) {
        Share share = shares.computeIfAbsent(who, _ -> new Share());
        double asked = ended.planned().promptTokens() + OUTPUT_WEIGHT * ended.planned().outputTokens();
        share.asked += asked;
        if (ended.metServiceLevel()) {
            share.served += Math.min(asked, ended.planned().promptTokens() + OUTPUT_WEIGHT * ended.tokens().output());
        }
    }

    /// Absent for fewer than two parties, and when nothing was served.
    Optional<Fairness> fairness() {
        int parties = shares.size();
        double[] asked = shares.values().stream().mapToDouble(share -> share.asked).toArray();
        double[] served = shares.values().stream().mapToDouble(share -> share.served).toArray();
        double total = Arrays.stream(served).sum();
        if (parties < 2 || total == 0) {
            return Optional.empty();
        }
        double[] fair = maxMinFair(asked, total);
        double sum = 0;
        double squares = 0;
        double worst = 1;
        double gap = 0;
        for (int i = 0; i < parties; i++) {
            double satisfaction = served[i] / fair[i];
            sum += satisfaction;
            squares += satisfaction * satisfaction;
            worst = Math.min(worst, satisfaction);
            gap = Math.max(gap, fair[i] - served[i]);
        }
        return Optional.of(new Fairness(sum * sum / (parties * squares), worst, gap));
    }

    /// Divides `total` max-min fairly among demands: from the smallest demand on, each gets what it asks for or an equal part of what is left.
    static double[] maxMinFair(double[] asked, double total) {
        int[] order = smallestFirst(asked);
        double[] fair = new double[asked.length];
        double left = total;
        for (int i = 0; i < order.length; i++) {
            fair[order[i]] = Math.min(asked[order[i]], left / (order.length - i));
            left -= fair[order[i]];
        }
        return fair;
    }

    private static int[] smallestFirst(double[] asked) {
        Integer[] order = new Integer[asked.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (one, other) -> Double.compare(asked[one], asked[other]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
