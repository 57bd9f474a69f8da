package io.sagebench.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One policy's requests, ready to be compared with another's.
///
/// @param requests in the order in which they were intended
/// @param rates    what was completed when
/// @param repeats  the same for each measured window, when there were several; else empty
public record Measured(Observations requests, CompletionTimes.Rates rates, List<Measured> repeats) {
    public Measured {
        repeats = List.copyOf(repeats);
    }

    /// What stands behind these figures; absent when only the figures are known.
    ///
    /// @param repeats the figures of each window, when there were several
    public static Optional<Measured> of(RunMetrics metrics, List<RunMetrics> repeats) {
        var parts = new ArrayList<Measured>();
        for (RunMetrics repeat : repeats) {
            of(repeat, List.of()).ifPresent(parts::add);
        }
        return metrics.evidence().observations().flatMap(requests -> metrics.evidence()
                .rates()
                .map(rates -> new Measured(requests, rates, parts)));
    }

    /// Gathers requests that come window by window.
    public static final class Collector {
        private final Window all = new Window();
        private final List<Measured> repeats = new ArrayList<>();
        private Window window = new Window();

        /// Takes a request of the window under way.
        ///
        /// @param endedAtNanos when it ended, whichever way, on the clock of its window
        public void add(Observation request, long endedAtNanos) {
            all.add(request, endedAtNanos);
            window.add(request, endedAtNanos);
        }

        /// Ends the window under way.
        public void endWindow() {
            if (window.requests > 0) {
                all.end();
                window.end();
                repeats.add(window.measured(List.of()));
                window = new Window();
            }
        }

        /// All of it; ends the window under way. Absent without requests.
        public Optional<Measured> measured() {
            endWindow();
            return repeats.isEmpty() ? Optional.empty() : Optional.of(all.measured(repeats.size() > 1 ? repeats : List.of()));
        }

        private static final class Window {
            private final RequestSeries series = new RequestSeries();
            private final CompletionTimes completions = new CompletionTimes();
            private long requests;
            private long firstNanos;
            private long firstSeenNanos;
            private long lastCompletionNanos;
            private long lastEndNanos;

            Window() {
                beginWindow();
            }

            private void beginWindow() {
                requests = 0;
                firstNanos = Long.MAX_VALUE;
                lastCompletionNanos = Long.MIN_VALUE;
                lastEndNanos = Long.MIN_VALUE;
            }

            void add(Observation request, long endedAtNanos) {
                if (requests++ == 0) {
                    firstSeenNanos = request.intendedAtNanos();
                }
                series.add(request);
                firstNanos = Math.min(firstNanos, request.intendedAtNanos());
                lastEndNanos = Math.max(lastEndNanos, endedAtNanos);
                request.completedAtNanos().ifPresent(nanos -> {
                    lastCompletionNanos = Math.max(lastCompletionNanos, nanos);
                    completions.add(nanos - firstSeenNanos, request.met(), request.outputTokens());
                });
            }

            void end() {
                long endNanos = lastCompletionNanos == Long.MIN_VALUE ? lastEndNanos : lastCompletionNanos;
                completions.endWindow(endNanos - firstNanos);
                series.endWindow();
                beginWindow();
            }

            Measured measured(List<Measured> repeats) {
                return new Measured(series.observations(), completions.rates(), repeats);
            }
        }
    }
}
