package io.sagebench.policy.aegaeon;

import io.sagebench.engine.ServedModels;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Waiting;
import java.util.HashMap;
import java.util.Map;
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
    private SwitchTimes switches;
    private WorkEstimate estimate;
    private final PrefillLine<Long> line;
    private final Map<Long, Sent> sent = new HashMap<>();
    private final Map<String, Decoding> decoding = new HashMap<>();
    private long decodeNanos;
    // Admission to an engine with several models:
    private @Nullable String admitted;
    private long admittedAtNanos;
    private long quotaNanos;
    private int overtakers;

    /// @param estimate what requests take there
    EngineBook(EngineView engine, AegaeonSettings settings, SwitchTimes switches, WorkEstimate estimate) {
        this.estimate = estimate;
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

        void add(Sent work, int sign) {
            requests += sign;
            nanos += sign * work.decodeNanos;
            kvTokens += sign * work.kvTokens;
        }

        /// They decode together: about as long as one.
        long meanNanos() {
            return requests == 0 ? 0 : nanos / requests;
        }
    }

    /// A request there, and what it was reckoned with.
    private record Sent(long decodeNanos, long kvTokens) {}

    /// Its card is driven from now on: what it takes is known.
    void drivenBy(AegaeonCard card) {
        switches = card.switches();
        estimate = new WorkEstimate.OfCard(card.costs());
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

    /// Whether requests of its model are on this card, with room for its KV cache beside theirs and time for its prompt:
    /// the line takes no longer than half the TTFT limit.
    boolean holds(Waiting request) {
        Decoding ofModel = decoding.get(request.model());
        return kind == Kind.CARD && ofModel != null && line.drainNanos() <= settings.ttftNanos() / 2 && ofModel.kvTokens + request.kvTokens() <= estimate.kvTokens(request);
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
        String model = request.model();
        var work = new Sent(estimate.decodeNanos(request), request.kvTokens());
        sent.put(request.sequence(), work);
        line.add(request.sequence(), model, estimate.prefillNanos(request), kind == Kind.ONE_MODEL ? _ -> 0 : switches::nanos);
        Decoding ofModel = decoding.computeIfAbsent(model, _ -> new Decoding());
        decodeNanos -= ofModel.meanNanos();
        ofModel.add(work, 1);
        decodeNanos += ofModel.meanNanos();
    }

    void prefilled(Waiting request) {
        line.remove(request.sequence());
    }

    void ended(Waiting request) {
        Sent work = sent.remove(request.sequence());
        Decoding ofModel = decoding.get(request.model());
        if (work == null || ofModel == null) {
            return;
        }
        line.remove(request.sequence());
        decodeNanos -= ofModel.meanNanos();
        ofModel.add(work, -1);
        decodeNanos += ofModel.meanNanos();
        if (ofModel.requests == 0) {
            decoding.remove(request.model());
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
