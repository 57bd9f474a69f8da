package io.sagebench.metrics;

import java.math.BigInteger;

/// A sum of products in 128 bits: exact, so that it does not depend on the order of what is added. Belongs to one thread.
final class WideSum {
    private long high;
    private long low;

    /// Adds `factor * other`.
    void addProduct(long factor, long other) {
        add(Math.multiplyHigh(factor, other), factor * other);
    }

    /// Adds another sum.
    void add(WideSum other) {
        add(other.high, other.low);
    }

    private void add(long moreHigh, long moreLow) {
        low += moreLow;
        high += moreHigh;
        if (Long.compareUnsigned(low, moreLow) < 0) {
            high++;
        }
    }

    BigInteger value() {
        var lower = new BigInteger(Long.toUnsignedString(low));
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower);
    }
}
