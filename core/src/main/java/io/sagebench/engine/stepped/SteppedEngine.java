package io.sagebench.engine.stepped;

import io.sagebench.engine.EngineJob;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A GPU that several models share and a policy drives operation by operation: which model is loaded, whose prompt is prefilled, which
/// sequences take the next decode step, and whose KV cache is on the device. It decides nothing by itself.
///
/// It has two resources:
///
///  -  the *processor* does one thing at a time: [#prefill], [#step] or [#switchTo]. Beginning a second one is a mistake of the caller.
///  -  the *link* to the host's memory moves one thing at a time, in the order of asking: weights ([#prefetch], [#switchTo]) and KV caches
///     ([#kvOut], [#kvIn]). It works beside the processor, except that a switch waits for its weights.
///
/// The device's memory holds the weights of the loaded and of prefetched models and, in what they leave free, KV caches of all models; the
/// host's memory is taken to be large enough. An operation that finds no room is refused: it returns `false`, changes nothing and calls back
/// nobody. Every other operation ends with exactly one call of its `done`, never before it returned, also when its sequence has been
/// released by then. From within `done` the next operation may begin.
///
/// Misuse is an [IllegalStateException]: a step with a model that is not loaded or a KV cache that is not on the device, for example. All
/// methods are called on the timeline, and all calls back come on it.
public interface SteppedEngine {

    /// What its operations take.
    SteppedCosts costs();

    /// The loaded model; none at first, and while it switches.
    Optional<String> loaded();

    /// Models whose weights lie ready beside the loaded one's.
    Set<String> prefetched();

    /// Whether the processor is doing something.
    boolean isBusy();

    /// Bytes on the device that neither weights nor KV caches take.
    long freeKvBytes();

    /// How long a switch to `model` would take if it began now, with what is prefetched and what waits for the link; 0 when it is loaded.
    long switchNanos(String model);

    /// Unloads the model that is loaded and loads `model`: its weights come over the link, or are ready beside, and a fixed time follows.
    ///
    /// @return whether it began; not when KV caches and prefetched weights leave no room for its weights
    boolean switchTo(String model, Runnable done);

    /// Brings the weights of a model that is neither loaded nor prefetched to the device, beside what the processor does.
    ///
    /// @return whether it began; not when there is no room for them
    boolean prefetch(String model, Runnable done);

    /// Gives back the room of prefetched weights.
    void drop(String model);

    /// Takes up a job. It uses nothing yet.
    ///
    /// @param model that answers it; one of those the card can hold
    SteppedSequence admit(EngineJob job, String model);

    /// Computes the prompt of a sequence of the loaded model, and its first token.
    ///
    /// @return whether it began; not when there is no room for its KV cache
    boolean prefill(SteppedSequence sequence, Runnable done);

    /// One decode step: the next token of each of these sequences of the loaded model, none of them complete.
    ///
    /// @param batch at least one, none twice
    /// @return whether it began; not when there is no room for one more token of each
    boolean step(List<? extends SteppedSequence> batch, Runnable done);

    /// Moves a KV cache from the device to the host. Its room is free at the end. The sequence must not be part of the step under way.
    void kvOut(SteppedSequence sequence, Runnable done);

    /// Moves a KV cache from the host to the device.
    ///
    /// @return whether it began; not when there is no room for it
    boolean kvIn(SteppedSequence sequence, Runnable done);

    /// Forgets a sequence and frees what it uses: at once, or at the end of the operation it is part of. A move of its KV cache that has not
    /// begun takes no time any more. Harmless when it was released before.
    void release(SteppedSequence sequence);
}
