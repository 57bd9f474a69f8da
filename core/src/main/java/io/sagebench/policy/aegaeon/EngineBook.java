package io.sagebench.policy.aegaeon;

import io.sagebench.engine.ServedModels;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Waiting;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What the policy has sent to one engine: its prefill groups, its decoding models, and, where the engine serves several models but cannot change
/// between tokens, which model is admitted.
final class EngineBook {
    /// How an engine is used.
    enum Kind {
        /// It changes models between tokens, driven by an [AegaeonCard].
        CARD,
        /// It serves several models, and nobody drives it token by token.
        SEVERAL_MODELS,
        /// It has nothing to switch.
        ONE_MODEL
    }

    private final AegaeonSettings settings;
    private final Kind kind;
    private final SwitchTimes switches;
    private final ToLongFunction<String> kvTokens;
    private final PrefillLine<Long> line;
    private final Map<Long, Waiting> sent = new HashMap<>();
    private final Map<String, Decoding> decoding = new HashMap<>();
    private long decodeNanos;
    // Admission to an engine with several models:
    private @Nullable String admitted;
    private long admittedAtNanos;
    private long quotaNanos;
    private int overtakers;

    /// @param kvTokens tokens of KV cache that a model may have there at a time
    EngineBook(EngineView engine, AegaeonSettings settings, SwitchTimes switches, ToLongFunction<String> kvTokens) {
        this.kvTokens = kvTokens;
        this.settings = settings;
        this.kind = kindOf(engine);
        this.switches = switches;
        this.line = new PrefillLine<>(settings.maxGroupSize());
    }

    static Kind kindOf(EngineView engine) {
        if (engine.description().traits().switchesModels()) {
            return Kind.CARD;
        }
        return engine.description().models().names().size() > 1 ? Kind.SEVERAL_MODELS : Kind.ONE_MODEL;
    }

    /// The requests of one model on the engine, and how long they would decode one after another.
    private static final class Decoding {
        private int requests;
        private long nanos;
        private long kvTokens;

        /// They decode together: about as long as one.
        long meanNanos() {
            return requests == 0 ? 0 : nanos / requests;
        }
    }

    Kind kind() {
        return kind;
    }

    PrefillLine<Long> line() {
        return line;
    }

    /// Forgets everything when nothing runs there: what another policy had sent included.
    void align(EngineView engine) {
        if (engine.running() == 0 && !sent.isEmpty()) {
            sent.keySet().forEach(line::remove);
            sent.clear();
            decoding.clear();
            decodeNanos = 0;
        }
    }

    boolean hasOpenGroup(String model) {
        return kind != Kind.ONE_MODEL && line.hasOpenGroup(model);
    }

    /// Whether requests of its model are on this card, with room for its KV cache beside theirs, and no full group of them waits.
    boolean holds(Waiting request) {
        Decoding ofModel = decoding.get(request.model());
        return kind == Kind.CARD && ofModel != null && line.waitingOf(request.model()) == 0 && ofModel.kvTokens + request.kvTokens() <= kvTokens.applyAsLong(request.model());
    }

    /// How many models have requests there.
    int models() {
        return decoding.size();
    }

    /// How long until a request that comes now would be served: prefills, decoding, and switches, that to its own model included.
    long drainNanos(String model) {
        boolean isThere = kind == Kind.ONE_MODEL || model.equals(ServedModels.ANY) || decoding.containsKey(model);
        return line.drainNanos() + decodeNanos + (isThere ? 0 : switches.nanos(model));
    }

    void sent(Waiting request) {
        sent.put(request.sequence(), request);
        String model = request.model();
        line.add(request.sequence(), model, request.predicted().prefillNanos(), kind == Kind.ONE_MODEL ? _ -> 0 : switches::nanos);
        Decoding ofModel = decoding.computeIfAbsent(model, _ -> new Decoding());
        decodeNanos -= ofModel.meanNanos();
        ofModel.requests++;
        ofModel.nanos += request.predicted().decodeNanos();
        ofModel.kvTokens += request.kvTokens();
        decodeNanos += ofModel.meanNanos();
    }

    void prefilled(Waiting request) {
        line.remove(request.sequence());
    }

    void ended(Waiting request) {
        if (sent.remove(request.sequence()) == null) {
            return;
        }
        line.remove(request.sequence());
        Decoding ofModel = decoding.get(request.model());
        if (ofModel != null) {
            decodeNanos -= ofModel.meanNanos();
            ofModel.requests--;
            ofModel.nanos -= request.predicted().decodeNanos();
            ofModel.kvTokens -= request.kvTokens();
            decodeNanos += ofModel.meanNanos();
            if (ofModel.requests == 0) {
                decoding.remove(request.model());
            }
        }
    }

    /// Whether a request of that model may go to the engine now. One that serves several models but cannot change between tokens gets one model at
    /// a time: until nothing runs there, or, once others wait, for a quota and a group.
    ///
    /// @param othersWait whether requests for another of its models wait
    boolean admits(String model, EngineView engine, boolean othersWait, long nowNanos) {
        if (kind != Kind.SEVERAL_MODELS || engine.running() == 0 || admitted == null || model.equals(ServedModels.ANY)) {
            return true;
        }
        boolean hasTurn = nowNanos - admittedAtNanos < quotaNanos && overtakers < settings.maxGroupSize();
        return model.equals(admitted) && (!othersWait || hasTurn);
    }

    /// One is sent.
    ///
    /// @param quota of a model whose turn begins with it
    void admit(String model, boolean othersWait, long nowNanos, long quota) {
        if (model.equals(ServedModels.ANY)) {
            return;
        }
        if (!model.equals(admitted) || sent.isEmpty()) {
            admitted = model;
            admittedAtNanos = nowNanos;
            quotaNanos = quota;
            overtakers = 0;
        }
        overtakers += othersWait ? 1 : 0;
    }

    SwitchTimes switches() {
        return switches;
    }
}
