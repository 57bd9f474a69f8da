package io.sagebench.policy.hybrid;

import io.sagebench.policy.Waiting;
import org.jspecify.annotations.Nullable;

/// A share that follows the promises: every two seconds it moves by 0.05 towards the class that was late for the larger part of its requests, between
/// 0.2 and 0.8 (an integral controller). A request counts as kept when it is sent by its latest start, and as late when that passes while it waits.
final class ControlledShare implements ShareRule {
    private static final double STEP = 0.05;
    private static final double LEAST = 0.2;
    private static final double MOST = 0.8;
    private static final long DWELL_NANOS = 2_000_000_000L;
    /// Differences smaller than this are chance.
    private static final double DEAD_BAND = 0.01;

    private Tally prompts = new Tally();
    private Tally texts = new Tally();
    private double share;
    private long changesAtNanos = Long.MIN_VALUE;

    /// @param first the share of the prompts to begin with
    ControlledShare(double first) {
        this.share = Math.clamp(first, LEAST, MOST);
    }

    @Override
    public double promptShare(long nowNanos, @Nullable Waiting oldestPrompt, @Nullable Waiting oldestTexts) {
        if (changesAtNanos == Long.MIN_VALUE) {
            changesAtNanos = nowNanos + DWELL_NANOS;
        } else if (nowNanos >= changesAtNanos) {
            double error = prompts.lateShare() - texts.lateShare();
            if (Math.abs(error) > DEAD_BAND) {
                share = Math.clamp(share + Math.copySign(STEP, error), LEAST, MOST);
            }
            prompts = new Tally();
            texts = new Tally();
            changesAtNanos = nowNanos + DWELL_NANOS;
        }
        return share;
    }

    @Override
    public void sentInTime(Work who, int requests) {
        of(who).kept += requests;
    }

    @Override
    public void becameLate(Work who, int requests) {
        of(who).late += requests;
    }

    private Tally of(Work who) {
        return who == Work.PROMPTS ? prompts : texts;
    }

    /// What became of the requests of one kind since the share was last looked at.
    private static final class Tally {
        private int kept;
        private int late;

        double lateShare() {
            int all = kept + late;
            return all == 0 ? 0 : (double) late / all;
        }
    }
}
