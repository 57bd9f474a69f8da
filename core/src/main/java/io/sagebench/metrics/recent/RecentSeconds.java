package io.sagebench.metrics.recent;

import io.sagebench.request.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The last minutes, second by second. Whoever tells of something adds to a few counters and waits for nobody; percentiles are computed by those who ask.
/// All methods may be called from any thread. Times are points on one timeline, whichever; what comes late by more than the whole of it is dropped.
public final class RecentSeconds {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final AtomicReferenceArray<@Nullable Second> ring;
    private volatile String policy = "";

    /// @param seconds how far back it reaches, at least 2
    public RecentSeconds(int seconds) {
        ring = new AtomicReferenceArray<>(Check.atLeast(2, seconds, "seconds"));
    }

    /// From now on that policy is in force.
    public void inForce(String name) {
        policy = name;
    }

    /// A request completed.
    ///
    /// @param met whether it kept every promise made to it
    public void completed(long atNanos, boolean met, long outputTokens) {
        Second second = at(atNanos);
        if (second == null) {
            return;
        }
        second.completed.getAndIncrement();
        second.outputTokens.getAndAdd(outputTokens);
        if (met) {
            second.met.getAndIncrement();
        }
    }

    /// A request ended otherwise.
    public void failed(long atNanos) {
        Second second = at(atNanos);
        if (second != null) {
            second.errors.getAndIncrement();
        }
    }

    /// A first token came that late.
    public void firstToken(long atNanos, long ttftNanos) {
        Second second = at(atNanos);
        if (second != null) {
            second.ttft.add(ttftNanos);
        }
    }

    /// The tokens of an answer came in such a rhythm.
    public void tokenGap(long atNanos, long tpotNanos) {
        Second second = at(atNanos);
        if (second != null) {
            second.tpot.add(tpotNanos);
        }
    }

    /// So many requests are in flight.
    public void inFlight(long atNanos, long requests) {
        Second second = at(atNanos);
        if (second != null) {
            second.inFlight = requests;
        }
    }

    /// So many requests wait.
    public void queued(long atNanos, long requests) {
        Second second = at(atNanos);
        if (second != null) {
            second.queued = requests;
        }
    }

    /// The seconds there were until a moment, that moment's included, from the first of which anything is known, and without gaps: in those between
    /// nothing ended.
    ///
    /// @param window over how many seconds percentiles are taken, at least 1
    public List<RecentPoint> until(long nowNanos, int window) {
        Check.atLeast(1, window, "window");
        long last = nowNanos / NANOS_PER_SECOND;
        long first = firstKnown(last);
        var points = new ArrayList<RecentPoint>();
        var inWindow = new ArrayDeque<Second>();
        for (long index = first; index <= last; index++) {
            Second second = known(index);
            if (second != null) {
                inWindow.add(second);
            }
            while (!inWindow.isEmpty() && inWindow.getFirst().index <= index - window) {
                inWindow.remove();
            }
            LatencyPercentiles ttft = LatencyBins.percentilesOf(inWindow.stream().map(each -> each.ttft).toList());
            LatencyPercentiles tpot = LatencyBins.percentilesOf(inWindow.stream().map(each -> each.tpot).toList());
            points.add(second == null ? nothing(index, points, ttft, tpot) : point(second, ttft, tpot));
        }
        return points;
    }

    private long firstKnown(long last) {
        for (long index = Math.max(0, last - ring.length() + 1); index < last; index++) {
            if (known(index) != null) {
                return index;
            }
        }
        return last;
    }

    private @Nullable Second known(long index) {
        Second second = ring.get((int) (index % ring.length()));
        return second != null && second.index == index ? second : null;
    }

    private @Nullable Second at(long atNanos) {
        long index = Math.max(0, atNanos) / NANOS_PER_SECOND;
        int place = (int) (index % ring.length());
        while (true) {
            Second there = ring.get(place);
            if (there != null && there.index == index) {
                there.policy = policy;
                return there;
            }
            if (there != null && there.index > index) {
                return null;
            }
            ring.compareAndSet(place, there, new Second(index, policy));
        }
    }

    private static RecentPoint point(Second second, LatencyPercentiles ttft, LatencyPercentiles tpot) {
        return new RecentPoint(
                second.index,
                second.policy,
                second.completed.get(),
                second.met.get(),
                second.errors.get(),
                second.outputTokens.get(),
                ttft,
                tpot,
                number(second.inFlight),
                number(second.queued));
    }

    private static RecentPoint nothing(long index, List<RecentPoint> before, LatencyPercentiles ttft, LatencyPercentiles tpot) {
        String policy = before.isEmpty() ? "" : before.getLast().policy();
        return new RecentPoint(
                index, policy, 0, 0, 0, 0, ttft, tpot, OptionalLong.empty(), OptionalLong.empty());
    }

    private static OptionalLong number(long requests) {
        return requests == Second.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(requests);
    }
}
