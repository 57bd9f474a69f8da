package io.sagebench.report.chart.book;

import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests;
import io.sagebench.report.view.Requests.Field;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The measured window cut into equal pieces, the same for all policies, and what happened in each.
///
/// @param widthMs how long a piece is
/// @param pieces  how many there are
record Course(double widthMs, int pieces) {
    private static final int MOST_PIECES = 60;
    private static final int FEW_PIECES = 10;
    private static final double REQUESTS_A_PIECE = 15;
    private static final double FEWEST_A_PIECE = 3;
    private static final double MILLIS_PER_SECOND = 1e3;

    /// As many pieces as there are requests to fill them with fifteen each, up to sixty; up to ten with three each when that is more; a single one when
    /// there are too few for a course.
    static Course over(Shown shown) {
        double end = 0;
        double fewest = Double.MAX_VALUE;
        for (PolicyView policy : shown.policies()) {
            Requests requests = policy.requests();
            end = Math.max(end, Arrays.stream(requests.column(Field.ENDED_MS)).filter(Double::isFinite).max().orElse(0));
            end = Math.max(end, Arrays.stream(requests.column(Field.INTENDED_MS)).filter(Double::isFinite).max().orElse(0));
            fewest = Math.min(fewest, requests.size());
        }
        int pieces = (int) Math.clamp(Math.max(fewest / REQUESTS_A_PIECE, Math.min(fewest / FEWEST_A_PIECE, FEW_PIECES)), 1, MOST_PIECES);
        return new Course(end > 0 ? end / pieces : 1, pieces);
    }

    boolean isCourse() {
        return pieces > 1;
    }

    /// The middle of each piece, in seconds.
    Values middles() {
        double[] middles = new double[pieces];
        Arrays.setAll(middles, i -> (i + 0.5) * widthMs / MILLIS_PER_SECOND);
        return Values.of(middles);
    }

    /// A percentile of what the requests say that began in a piece; NaN where none does.
    Values percentile(Requests requests, Field when, Field what, double p) {
        double[] moments = requests.column(when);
        double[] values = requests.column(what);
        List<List<Double>> inPiece = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            inPiece.add(new ArrayList<>());
        }
        for (int i = 0; i < moments.length; i++) {
            if (Double.isFinite(moments[i]) && Double.isFinite(values[i])) {
                inPiece.get(piece(moments[i])).add(values[i]);
            }
        }
        return Values.of(inPiece.stream()
                .mapToDouble(in -> Distributions.percentile(in.stream().mapToDouble(Double::doubleValue).sorted().toArray(), p))
                .toArray());
    }

    /// How many a second ended in a piece, of those that completed or of those that did not; the mean of the repeats.
    Values perSecond(Requests requests, boolean completed) {
        double[] ended = requests.column(Field.ENDED_MS);
        double[] done = requests.column(Field.COMPLETED);
        double[] counts = new double[pieces];
        for (int i = 0; i < ended.length; i++) {
            if (Double.isFinite(ended[i]) && done[i] > 0 == completed) {
                counts[piece(ended[i])]++;
            }
        }
        return scaled(counts, MILLIS_PER_SECOND / widthMs * requests.every() / repeats(requests));
    }

    /// How many were under way at once, on average over a piece and over the repeats.
    ///
    /// @param from  when each began
    /// @param until when each ended; NaN for one that is not counted
    Values atOnce(Requests requests, double[] from, double[] until) {
        double[] busyMs = new double[pieces];
        for (int i = 0; i < from.length; i++) {
            if (!Double.isFinite(from[i]) || !Double.isFinite(until[i])) {
                continue;
            }
            for (int at = piece(from[i]); at <= piece(until[i]); at++) {
                busyMs[at] += Math.max(0, Math.min(until[i], (at + 1) * widthMs) - Math.max(from[i], at * widthMs));
            }
        }
        return scaled(busyMs, requests.every() / widthMs / repeats(requests));
    }

    private int piece(double momentMs) {
        return Math.clamp((long) (momentMs / widthMs), 0, pieces - 1);
    }

    private static Values scaled(double[] values, double by) {
        return Values.of(Arrays.stream(values).map(value -> value * by).toArray());
    }

    static double repeats(Requests requests) {
        return Math.max(1, Arrays.stream(requests.column(Field.REPEAT)).max().orElse(1));
    }
}
