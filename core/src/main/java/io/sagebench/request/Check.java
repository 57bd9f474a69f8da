package io.sagebench.request;

/// Checks of constructor arguments that say what was wrong. Each returns the value it checked.
public final class Check {
    private Check() {}

    /// @throws IllegalArgumentException when `value` is negative
    public static long notNegative(long value, String name) {
        return atLeast(0, value, name);
    }

    /// @throws IllegalArgumentException when `value` is below `least`
    public static long atLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
        }
        return value;
    }

    /// @throws IllegalArgumentException when `value` is below `least`
    public static int atLeast(int least, int value, String name) {
        return Math.toIntExact(atLeast((long) least, (long) value, name));
    }

    /// @throws IllegalArgumentException when `value` is not a finite number above 0
    public static double positive(double value, String name) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number above 0, but was " + value);
        }
        return value;
    }

    /// @throws IllegalArgumentException when `value` is not a finite number of at least 0
    public static double notNegative(double value, String name) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number of at least 0, but was " + value);
        }
        return value;
    }

    /// @throws IllegalArgumentException when `value` has no visible character
    public static String notBlank(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return value;
    }
}
