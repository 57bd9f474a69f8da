package io.sagebench.report.view;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.DoubleStream;

/// Numbers in a row that never change; NaN where one is not known.
public final class Values {
    /// None.
    public static final Values NONE = new Values(new double[0]);

    private final double[] values;

    private Values(double[] values) {
        this.values = values;
    }

    /// These.
    public static Values of(double... values) {
        return new Values(values.clone());
    }

    /// These.
    public static Values of(Collection<Double> values) {
        return new Values(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// How many there are.
    public int size() {
        return values.length;
    }

    /// One of them, counted from 0.
    public double at(int index) {
        return values[index];
    }

    /// All of them, in their order.
    public DoubleStream stream() {
        return Arrays.stream(values);
    }

    /// A copy.
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values same && Arrays.equals(values, same.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
