package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.calibration.Replay.Served;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/// How far a replay is from what was measured: the logarithms of simulated over measured TTFT and generation time, in units of the error to expect.
///
/// Requests that were all sent at once are compared one by one. When requests came in between, it depends on where in a step they came, which no
/// replay gets right; so those of like length that came after each other are compared by their sums, in which that evens out, and the error to
/// expect of such a group is a part of the longest step, less with more requests. A group that is far off counts little more than one that
/// is somewhat off (pseudo-Huber).
final class ReplayErrors {
    private static final double OF_MEASURING = 0.01;
    private static final double PART_OF_A_STEP = 0.3;
    private static final double SOMEWHAT = 3;
    /// For a group of which a request is refused by the simulated engine.
    private static final double REFUSED = 30;
    private static final int LENGTH_CLASSES = 4;
    private static final int MOST_IN_GROUP = 6;

    private final List<Expected> expected;

    /// A level, and the groups of requests in it that count.
    private record Expected(LoadLevel level, List<Group> groups) {
        int errors() {
            return groups.stream().mapToInt(group -> group.errors(level)).sum();
        }
    }

    /// Requests that are compared together.
    ///
    /// @param numbers    their places in the level
    /// @param roughNanos what a latency of each is uncertain by
    private record Group(List<Integer> numbers, double roughNanos) {
        /// Whether any generated beyond its first token: without, there is one error, not two.
        boolean generates(LoadLevel level) {
            return numbers.stream().map(level.requests()::get).anyMatch(request -> request.lastTokenAtNanos() > request.firstTokenAtNanos());
        }

        int errors(LoadLevel level) {
            return generates(level) ? 2 : 1;
        }
    }

    /// @param start    tells about how long steps take
    /// @param lookedAt which requests count, by their number over all levels; all are replayed
    ReplayErrors(EngineProfile start, List<LoadLevel> levels, IntPredicate lookedAt) {
        expected = new ArrayList<>();
        int first = 0;
        for (LoadLevel level : levels) {
            int offset = first;
            expected.add(new Expected(level, groups(start, level, number -> lookedAt.test(offset + number))));
            first += level.requests().size();
        }
    }

    private static List<Group> groups(EngineProfile start, LoadLevel level, IntPredicate lookedAt) {
        var groups = new ArrayList<Group>();
        var together = new ArrayList<Integer>();
        for (int i = 0; i < level.requests().size(); i++) {
            if (lookedAt.test(i)) {
                if (level.isWave()) {
                    groups.add(new Group(List.of(i), 0));
                } else {
                    together.add(i);
                }
            }
        }
        double roughNanos = PART_OF_A_STEP * longestStepNanos(start, level);
        together.sort(Comparator.comparingInt(i -> level.requests().get(i).promptTokens()));
        int classSize = Math.max(1, Math.ceilDiv(together.size(), LENGTH_CLASSES));
        for (int from = 0; from < together.size(); from += classSize) {
            List<Integer> alike = together.subList(from, Math.min(together.size(), from + classSize)).stream().sorted().toList();
            for (int begin = 0; begin < alike.size(); begin += MOST_IN_GROUP) {
                groups.add(new Group(alike.subList(begin, Math.min(alike.size(), begin + MOST_IN_GROUP)), roughNanos));
            }
        }
        return groups;
    }

    private static double longestStepNanos(EngineProfile start, LoadLevel level) {
        int longestPrompt = level.requests().stream().mapToInt(ObservedRequest::promptTokens).max().orElse(1);
        int chunk = Math.min(start.scheduler().maxNumBatchedTokens(), longestPrompt);
        return start.stepTime().nanos(chunk, 1, 0, 1, chunk * (chunk / 2.0), 1);
    }

    double[] of(EngineProfile profile) {
        var errors = new double[expected.stream().mapToInt(Expected::errors).sum()];
        int next = 0;
        for (Expected each : expected) {
            List<Served> replayed = Replay.of(profile, each.level);
            for (Group group : each.groups) {
                compare(each.level, replayed, group, errors, next);
                next += group.errors(each.level);
            }
        }
        return errors;
    }

    private static void compare(LoadLevel level, List<Served> replayed, Group group, double[] errors, int at) {
        long beganAtNanos = level.requests().getFirst().sentAtNanos();
        double ttft = 0;
        double measuredTtft = 0;
        double generation = 0;
        double measuredGeneration = 0;
        for (int number : group.numbers) {
            ObservedRequest request = level.requests().get(number);
            Served served = replayed.get(number);
            if (!served.isServed()) {
                Arrays.fill(errors, at, at + group.errors(level), REFUSED);
                return;
            }
            ttft += served.firstTokenAtNanos() - (request.sentAtNanos() - beganAtNanos);
            measuredTtft += request.ttftNanos();
            generation += served.lastTokenAtNanos() - served.firstTokenAtNanos();
            measuredGeneration += request.lastTokenAtNanos() - request.firstTokenAtNanos();
        }
        double roughNanos = group.roughNanos * Math.sqrt(group.numbers.size());
        errors[at] = error(ttft, measuredTtft, roughNanos);
        if (measuredGeneration > 0) {
            errors[at + 1] = error(Math.max(1, generation), measuredGeneration, roughNanos);
        }
    }

    private static double error(double simulated, double measured, double roughNanos) {
        double expectedError = Math.hypot(OF_MEASURING, roughNanos / measured);
        double times = Math.log(simulated / measured) / expectedError / SOMEWHAT;
        double size = SOMEWHAT * Math.sqrt(2 * (Math.sqrt(1 + times * times) - 1));
        return Math.copySign(size, times);
    }
}
