package io.sagebench.metrics;

import java.util.Arrays;

/// The requests of one policy in the order in which they were intended, for statistics that need to know who was whose neighbour: all of them up to
/// a limit, and beyond it every second, fourth and so on, so that memory stays flat. A request belongs by its place in the plan alone, so two
/// policies under the same plan keep the same requests and can be compared pair by pair. Belongs to one thread.
public final class RequestSeries {
    /// Requests that are kept at most.
    public static final int MOST_KEPT = 1 << 17;

    private static final byte PRESENT = 1;
    private static final byte COMPLETED = 2;
    private static final byte MET = 4;

    private long stride = 1;
    private long windowBase;
    private long lastIndex = -1;
    private int size;
    private long windows;
    private byte[] flags = new byte[64];
    private float[] endToEndNanos = new float[64];
    private float[] ttftNanos = new float[64];
    private float[] gapNanos = new float[64];
    private int[] gaps = new int[64];
    private long[] intendedAtNanos = new long[64];

    /// Takes one request of the window under way, in any order.
    public void add(Observation request) {
        long index = windowBase + request.index();
        lastIndex = Math.max(lastIndex, index);
        while (index / stride >= MOST_KEPT) {
            keepEverySecond();
        }
        if (index % stride != 0) {
            return;
        }
        int place = (int) (index / stride);
        grow(place + 1);
        size = Math.max(size, place + 1);
        flags[place] = (byte) (PRESENT | (request.completed() ? COMPLETED : 0) | (request.met() ? MET : 0));
        endToEndNanos[place] = request.endToEndNanos().isPresent() ? request.endToEndNanos().getAsLong() : Float.NaN;
        ttftNanos[place] = request.ttftNanos().isPresent() ? request.ttftNanos().getAsLong() : Float.NaN;
        gapNanos[place] = (float) request.gapNanos();
        gaps[place] = Math.toIntExact(Math.min(Integer.MAX_VALUE, request.gaps()));
        intendedAtNanos[place] = request.intendedAtNanos();
    }

    /// Ends a window: the requests that come next follow all of it.
    public void endWindow() {
        if (lastIndex >= windowBase) {
            windowBase = lastIndex + 1;
            windows++;
        }
    }

    private void keepEverySecond() {
        for (int i = 0; 2 * i < size; i++) {
            flags[i] = flags[2 * i];
            endToEndNanos[i] = endToEndNanos[2 * i];
            ttftNanos[i] = ttftNanos[2 * i];
            gapNanos[i] = gapNanos[2 * i];
            gaps[i] = gaps[2 * i];
            intendedAtNanos[i] = intendedAtNanos[2 * i];
        }
        int kept = (size + 1) / 2;
        Arrays.fill(flags, kept, size, (byte) 0);
        size = kept;
        stride *= 2;
    }

    private void grow(int needed) {
        if (needed <= flags.length) {
            return;
        }
        int room = Math.min(MOST_KEPT, Math.max(needed, flags.length * 2));
        flags = Arrays.copyOf(flags, room);
        endToEndNanos = Arrays.copyOf(endToEndNanos, room);
        ttftNanos = Arrays.copyOf(ttftNanos, room);
        gapNanos = Arrays.copyOf(gapNanos, room);
        gaps = Arrays.copyOf(gaps, room);
        intendedAtNanos = Arrays.copyOf(intendedAtNanos, room);
    }

    /// How many requests stand between two that are kept, plus one.
    public long stride() {
        return stride;
    }

    /// How many windows ended.
    public long windows() {
        return windows;
    }

    /// The requests kept so far, without those of which there is no record.
    public Observations observations() {
        int present = 0;
        for (int i = 0; i < size; i++) {
            present += flags[i] & PRESENT;
        }
        long[] places = new long[present];
        float[] endToEnd = new float[present];
        float[] ttft = new float[present];
        float[] gapSums = new float[present];
        int[] gapCounts = new int[present];
        boolean[] met = new boolean[present];
        boolean[] completed = new boolean[present];
        long[] intended = new long[present];
        int to = 0;
        for (int i = 0; i < size; i++) {
            if ((flags[i] & PRESENT) != 0) {
                places[to] = i * stride;
                endToEnd[to] = endToEndNanos[i];
                ttft[to] = ttftNanos[i];
                gapSums[to] = gapNanos[i];
                gapCounts[to] = gaps[i];
                met[to] = (flags[i] & MET) != 0;
                completed[to] = (flags[i] & COMPLETED) != 0;
                intended[to] = intendedAtNanos[i];
                to++;
            }
        }
        return new Observations(stride, places, endToEnd, ttft, gapSums, gapCounts, met, completed, intended);
    }
}
