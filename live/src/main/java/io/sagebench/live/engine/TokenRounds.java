package io.sagebench.live.engine;

import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the jobs of an engine how many tokens they have relayed: all of them in one action of the timeline, so that what the timeline's knowledge costs
/// depends on the jobs and not on their tokens. Belongs to the timeline.
final class TokenRounds {
    private static final long EVERY_NANOS = 100_000_000;
    private static final long OFTEN_NANOS = 10_000_000; // as soon as somebody wants each token

    private final Timeline timeline;
    private final List<Reports> jobs = new ArrayList<>();
    private boolean often;
    // Made at first use, since a live timeline's timers are made only on its own thread once it runs.
    private @Nullable Timer next;

    TokenRounds(Timeline timeline) {
        this.timeline = timeline;
    }

    /// Asks this one too, until it is over.
    void add(Reports job) {
        jobs.add(job);
        boolean isSooner = !often && job.wantsEachToken();
        often |= isSooner;
        if (isSooner || jobs.size() == 1) {
            armNext();
        }
    }

    private void ask() {
        for (int i = 0; i < jobs.size(); i++) { // what a job tells may bring further jobs
            jobs.get(i).tellTokens();
        }
        jobs.removeIf(Reports::isOver);
        often = jobs.stream().anyMatch(Reports::wantsEachToken);
        if (!jobs.isEmpty()) {
            armNext();
        }
    }

    /// At a whole multiple of the interval, so that the timeline wakes once for all engines.
    private void armNext() {
        Timer timer = next;
        if (timer == null) {
            timer = timeline.timer(this::ask);
            next = timer;
        }
        long intervalNanos = often ? OFTEN_NANOS : EVERY_NANOS;
        timer.armAt((timeline.nowNanos() / intervalNanos + 1) * intervalNanos);
    }
}
