package io.sagebench.engine.stepped;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A [SteppedEngine] as its [TokenScheduler] sees it: the same operations, whose ends come back as [TokenScheduler#proceed] after the engine has
/// told of the tokens they brought.
public interface CardOperations {

    /// What operations take.
    SteppedCosts costs();

    /// Now, in nanoseconds since the run began.
    long nowNanos();

    /// See [SteppedEngine#loaded].
    Optional<String> loaded();

    /// See [SteppedEngine#prefetched].
    Set<String> prefetched();

    /// The model whose weights are on their way to lie beside the loaded one's; one at a time.
    Optional<String> fetching();

    /// KV caches on their way out, or waiting for the link.
    int leaving();

    /// See [SteppedEngine#isBusy].
    boolean isBusy();

    /// See [SteppedEngine#freeKvBytes].
    long freeKvBytes();

    /// See [SteppedEngine#switchNanos].
    long switchNanos(String model);

    /// See [SteppedEngine#switchTo].
    boolean switchTo(String model);

    /// See [SteppedEngine#prefetch]. Also `false` while another model is on its way.
    boolean prefetch(String model);

    /// See [SteppedEngine#drop].
    void drop(String model);

    /// See [SteppedEngine#prefill].
    boolean prefill(SteppedSequence sequence);

    /// See [SteppedEngine#step].
    boolean step(List<SteppedSequence> batch);

    /// See [SteppedEngine#kvOut].
    void kvOut(SteppedSequence sequence);

    /// See [SteppedEngine#kvIn].
    boolean kvIn(SteppedSequence sequence);

    /// Counts a sequence that had to leave the batch for want of room.
    void countPreemption();

    /// Gives up weights fetched in advance, for room.
    ///
    /// @return whether there were any
    default boolean dropPrefetched() {
        List<String> ready = List.copyOf(prefetched());
        ready.forEach(this::drop);
        return !ready.isEmpty();
    }
}
