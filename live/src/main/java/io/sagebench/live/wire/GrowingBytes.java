package io.sagebench.live.wire;

import java.util.Arrays;

/// Bytes that are appended to, with the array open to readers. Takes no memory until something is appended.
public final class GrowingBytes {
    private static final int LEAST = 256;

    private byte[] array = {};
    private int size;

    /// Appends `bytes[from, to)`.
    public void append(byte[] bytes, int from, int to) {
        int count = to - from;
        ensureRoomFor(count);
        System.arraycopy(bytes, from, array, size, count);
        size += count;
    }

    /// Appends one byte.
    public void append(byte value) {
        ensureRoomFor(1);
        array[size++] = value;
    }

    /// The bytes, from 0 to [#size]; valid until the next append.
    public byte[] array() {
        return array;
    }

    /// How many bytes there are.
    public int size() {
        return size;
    }

    /// Forgets the bytes from `newSize` on.
    public void truncate(int newSize) {
        size = newSize;
    }

    /// Forgets all bytes; memory beyond `keptBytes` is given back.
    public void clear(int keptBytes) {
        size = 0;
        if (array.length > keptBytes) {
            array = new byte[] {};
        }
    }

    private void ensureRoomFor(int count) {
        int needed = Math.addExact(size, count);
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(Math.max(needed, LEAST), size + (size >> 1)));
        }
    }
}
