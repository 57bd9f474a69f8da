package io.sagebench.live.server.metrics;

import java.util.ArrayList;
import java.util.List;

/// The upper bounds of vLLM's histograms, each without the one at infinity.
final class Buckets {
    static final List<Double> TIME_TO_FIRST_TOKEN = List.of(
            0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0,
            160.0, 640.0, 2560.0);
    static final List<Double> TIME_PER_TOKEN = List.of(
            0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0);
    static final List<Double> LATENCY = List.of(
            0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0, 480.0, 960.0,
            1920.0, 7680.0);
    static final List<Double> STEP_TOKENS = List.of(
            1.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0, 4096.0, 8192.0, 16384.0);
    static final List<Double> CHOICES = List.of(1.0, 2.0, 5.0, 10.0, 20.0);

    private Buckets() {}

    /// 1, 2, 5, 10, 20, 50 and so on, up to `most`.
    static List<Double> oneTwoFive(long most) {
        var bounds = new ArrayList<Double>();
        for (long decade = 1; decade <= most; decade *= 10) {
            for (long bound : new long[] {decade, 2 * decade, 5 * decade}) {
                if (bound <= most) {
                    bounds.add((double) bound);
                }
            }
        }
        return bounds;
    }
}
