package io.sagebench.benchmark.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Does the same for each of several things that do not depend on one another, on all cores.
final class Cores {
    private Cores() {}

    /// @return what came of each, in their order
    static <T, R> List<R> forEach(List<T> things, Function<T, R> work) {
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<R>> begun = things.stream().map(thing -> threads.submit((Callable<R>) () -> work.apply(thing))).toList();
            var results = new ArrayList<R>();
            for (Future<R> one : begun) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while benchmarks in virtual time were awaited");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
