package io.sagebench.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Values drawn with given shares.
///
/// @param <T> what is drawn
public final class Weighted<T> {
    /// How far the shares may be from a sum of 1, to allow for rounded figures such as 0.33, 0.33, 0.33.
    public static final double SUM_TOLERANCE = 0.01;

    /// Decimal shares have no exact binary form: 0.33 + 0.33 + 0.33 is a little less than 0.99.
    private static final double BINARY_TOLERANCE = 1e-9;

    private final Map<T, Double> shares;
    private final List<T> values;
    private final double[] upTo;

    private Weighted(Map<T, Double> shares) {
        this.shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        this.values = new ArrayList<>();
        this.upTo = new double[shares.size()];
        double sum = 0;
        for (Map.Entry<T, Double> entry : shares.entrySet()) {
            double share = entry.getValue();
            if (!(share >= 0) || share > 1 + SUM_TOLERANCE) {
                throw new IllegalArgumentException(
                        "the share of " + entry.getKey() + " must be from 0 to 1, but is " + share);
            }
            sum += share;
            upTo[values.size()] = sum;
            values.add(entry.getKey());
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE + BINARY_TOLERANCE) {
            throw new IllegalArgumentException("the shares must sum to 1, but sum to " + sum);
        }
    }

    /// What a seed draws follows from the order of the map, too, so it must have one.
    ///
    /// @throws IllegalArgumentException when a share is not from 0 to 1, or they do not sum to 1 within [#SUM_TOLERANCE]
    public static <T> Weighted<T> of(Map<T, Double> shares) {
        return new Weighted<>(shares);
    }

    /// Always the same value.
    public static <T> Weighted<T> always(T value) {
        return new Weighted<>(Map.of(value, 1.0));
    }

    /// One value.
    public T draw(SplittableRandom chance) {
        double point = chance.nextDouble() * upTo[upTo.length - 1];
        int index = 0;
        while (index < upTo.length - 1 && point >= upTo[index]) {
            index++;
        }
        return values.get(index);
    }

    /// The values, in the order given, those with a share of 0 included.
    public List<T> values() {
        return Collections.unmodifiableList(values);
    }

    /// Each value and its share, in the order given.
    public Map<T, Double> shares() {
        return shares;
    }
}
