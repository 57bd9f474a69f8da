package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.EngineJob;
import io.sagebench.engine.stepped.SteppedCosts;
import io.sagebench.engine.stepped.SteppedEngine;
import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.engine.stepped.SteppedSequence.KvPlace;
import io.sagebench.time.Timeline;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A simulated card that several models share, on any timeline, live or virtual. Steps and prefills take what the step
/// time of their model says, transfers what their bytes take over the link. KV caches are counted in tokens, without blocks.
public final class SimulatedCard implements SteppedEngine {
    private final MultiModelProfile profile;
    private final OperationClock clock;
    private final Processor processor;
    private final Link link;
    private final CardMemory memory;
    private final Map<String, Weights> beside = new LinkedHashMap<>();
    private @Nullable String loaded;
    private @Nullable String loading;

    /// Nothing is loaded at first.
    public SimulatedCard(Timeline timeline, MultiModelProfile profile) {
        this.profile = profile;
        this.clock = new OperationClock(timeline);
        this.processor = new Processor(clock);
        this.link = new Link(clock, profile::transferNanos);
        this.memory = new CardMemory(profile.memoryBytes());
    }

    /// Weights beside the loaded ones: on their way, or ready.
    private static final class Weights {
        Link.@Nullable Transfer onTheWay;
        /// A switch that waits for them.
        Runnable then = () -> {};
    }

    @Override
    public SteppedCosts costs() {
        return profile;
    }

    @Override
    public Optional<String> loaded() {
        return Optional.ofNullable(loaded);
    }

    @Override
    public Set<String> prefetched() {
        Set<String> ready = new LinkedHashSet<>();
        beside.forEach((model, weights) -> {
            if (weights.onTheWay == null && !model.equals(loading)) {
                ready.add(model);
            }
        });
        return ready;
    }

    @Override
    public boolean isBusy() {
        return processor.isBusy();
    }

    @Override
    public long freeKvBytes() {
        return memory.freeBytes();
    }

    @Override
    public long switchNanos(String model) {
        long coldNanos = profile.coldSwitchNanos(model);
        if (model.equals(loaded)) {
            return 0;
        }
        Weights weights = beside.get(model);
        if (weights == null) {
            return link.backlogNanos() + coldNanos;
        }
        return (weights.onTheWay == null ? 0 : weights.onTheWay.remainingNanos()) + profile.fixedSwitchNanos();
    }

    @Override
    public boolean switchTo(String model, Runnable done) {
        processor.requireIdle();
        long bytes = profile.model(model).weightBytes();
        require(!model.equals(loaded), "already loaded", model);
        Weights prefetched = beside.get(model);
        long freedBytes = loaded == null ? 0 : profile.model(loaded).weightBytes();
        if (prefetched == null && bytes > memory.freeBytes() + freedBytes) {
            return false;
        }
        processor.take("switch to " + model);
        memory.free(freedBytes);
        loaded = null;
        loading = model;
        Runnable weightsAreThere = () -> processor.endAfter(profile.fixedSwitchNanos(), () -> {
            beside.remove(model);
            loading = null;
            loaded = model;
            done.run();
        });
        if (prefetched == null) {
            memory.reserve(bytes);
            link.move(bytes, weightsAreThere);
        } else if (prefetched.onTheWay == null) {
            weightsAreThere.run();
        } else {
            prefetched.then = weightsAreThere;
        }
        return true;
    }

    @Override
    public boolean prefetch(String model, Runnable done) {
        long bytes = profile.model(model).weightBytes();
        require(!model.equals(loaded) && !model.equals(loading), "already loaded", model);
        require(!beside.containsKey(model), "already prefetched", model);
        if (!memory.reserve(bytes)) {
            return false;
        }
        var weights = new Weights();
        beside.put(model, weights);
        weights.onTheWay = link.move(bytes, () -> {
            weights.onTheWay = null;
            weights.then.run();
            done.run();
        });
        return true;
    }

    @Override
    public void drop(String model) {
        Weights weights = beside.get(model);
        require(weights != null && weights.onTheWay == null && !model.equals(loading), "no prefetched weights to drop", model);
        beside.remove(model);
        memory.free(profile.model(model).weightBytes());
    }

    @Override
    public SteppedSequence admit(EngineJob job, String model) {
        if (job.isEmbedding()) {
            throw new IllegalArgumentException("job " + job.id() + " is to be embedded, which no step does");
        }
        return new CardSequence(this, job, model, profile.model(model));
    }

    @Override
    public boolean prefill(SteppedSequence sequence, Runnable done) {
        processor.requireIdle();
        CardSequence own = own(sequence);
        requireLoaded(own);
        require(own.kvPlace == KvPlace.NOWHERE, "it has had its prefill", own);
        int promptTokens = own.job().promptTokens();
        if (!reserve(own, promptTokens)) {
            return false;
        }
        own.computing = true;
        processor.take("prefill");
        processor.endAfter(own.cardModel.prefillNanos(promptTokens), () -> {
            own.kvPlace = KvPlace.ON_DEVICE;
            computed(own, promptTokens);
            done.run();
        });
        return true;
    }

    @Override
    public boolean step(List<? extends SteppedSequence> batch, Runnable done) {
        processor.requireIdle();
        List<CardSequence> own = batch.stream().map(this::own).toList();
        require(!own.isEmpty(), "a step needs sequences", own);
        for (CardSequence sequence : own) {
            requireLoaded(sequence);
            require(sequence.kvPlace == KvPlace.ON_DEVICE && !sequence.isComplete(), "no step is possible", sequence);
        }
        if (own.size() * own.getFirst().cardModel.kvBytesPerToken() > memory.freeBytes()) {
            return false;
        }
        long nanos = profile.stepNanos(own);
        for (CardSequence sequence : own) {
            require(!sequence.computing, "a step takes each sequence once", sequence);
            reserve(sequence, 1);
            sequence.computing = true;
        }
        processor.take("step");
        processor.endAfter(nanos, () -> {
            for (CardSequence sequence : own) {
                computed(sequence, 1);
            }
            done.run();
        });
        return true;
    }

    @Override
    public void kvOut(SteppedSequence sequence, Runnable done) {
        CardSequence own = own(sequence);
        require(own.kvPlace == KvPlace.ON_DEVICE && !own.computing, "no KV cache to move out", own);
        own.kvPlace = KvPlace.MOVING_OUT;
        own.move = link.move(own.kvBytes(), () -> {
            own.move = null;
            own.kvPlace = own.released ? KvPlace.NOWHERE : KvPlace.ON_HOST;
            freeDevice(own);
            done.run();
        });
    }

    @Override
    public boolean kvIn(SteppedSequence sequence, Runnable done) {
        CardSequence own = own(sequence);
        require(own.kvPlace == KvPlace.ON_HOST, "no KV cache to move in", own);
        if (!reserve(own, own.contextTokens)) {
            return false;
        }
        own.kvPlace = KvPlace.MOVING_IN;
        own.move = link.move(own.kvBytes(), () -> {
            own.move = null;
            own.kvPlace = KvPlace.ON_DEVICE;
            freeIfReleased(own);
            done.run();
        });
        return true;
    }

    @Override
    public void release(SteppedSequence sequence) {
        CardSequence own = ofThisCard(sequence);
        own.released = true;
        if (own.move != null) {
            own.move.skip();
        } else if (!own.computing) {
            freeIfReleased(own);
        }
    }

    private void computed(CardSequence sequence, int tokens) {
        sequence.computing = false;
        if (!sequence.released) {
            sequence.contextTokens += tokens;
            sequence.generatedTokens++;
        }
        freeIfReleased(sequence);
    }

    private void freeIfReleased(CardSequence sequence) {
        if (sequence.released) {
            sequence.kvPlace = KvPlace.NOWHERE;
            freeDevice(sequence);
        }
    }

    private boolean reserve(CardSequence sequence, int tokens) {
        long bytes = tokens * sequence.cardModel.kvBytesPerToken();
        if (!memory.reserve(bytes)) {
            return false;
        }
        sequence.deviceBytes += bytes;
        return true;
    }

    private void freeDevice(CardSequence sequence) {
        memory.free(sequence.deviceBytes);
        sequence.deviceBytes = 0;
    }

    private void requireLoaded(CardSequence sequence) {
        require(sequence.model().equals(loaded), "its model is not loaded", sequence);
    }

    private CardSequence own(SteppedSequence sequence) {
        CardSequence own = ofThisCard(sequence);
        require(!own.released, "it was released", own);
        return own;
    }

    private CardSequence ofThisCard(SteppedSequence sequence) {
        if (sequence instanceof CardSequence own && own.card == this) {
            return own;
        }
        throw new IllegalStateException(sequence + " belongs to another card");
    }

    private static void require(boolean holds, String mistake, Object of) {
        if (!holds) {
            throw new IllegalStateException(mistake + ": " + of);
        }
    }
}
