package io.sagebench.policy.routing;

import static java.util.Objects.requireNonNull;

import io.sagebench.engine.EngineModel;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One choice of an engine: the request, the engines that are left, and what is known of each. Reused from choice to choice.
///
/// A load that an engine reports counts while it is fresh ([ReportedLoad#isFresh]), and then together with our own counts: whichever is higher, since
/// a report misses what was sent since, and our counts miss what others sent.
public final class Route {
    private final @Nullable PrefixIndex prefixes;
    private EngineView[] engines = new EngineView[16];
    private int count;
    private @Nullable Waiting request;
    private @Nullable PoolView pool;

    /// @param prefixes what each engine has probably cached; null when nobody asks
    Route(@Nullable PrefixIndex prefixes) {
        this.prefixes = prefixes;
    }

    void begin(Waiting asking, List<EngineView> candidates, PoolView among) {
        request = asking;
        pool = among;
        count = candidates.size();
        if (engines.length < count) {
            engines = new EngineView[2 * count];
        }
        for (int i = 0; i < count; i++) {
            engines[i] = candidates.get(i);
        }
        if (prefixes != null) {
            prefixes.forgetRemoved(among);
            prefixes.look(asking);
        }
    }

    /// Leaves the candidates that are marked.
    void keep(boolean[] marked) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (marked[i]) {
                engines[kept++] = engines[i];
            }
        }
        count = kept;
    }

    void chosen(int chosen) {
        if (prefixes != null) {
            prefixes.record(engines[chosen]);
        }
    }

    /// The request to send.
    public Waiting request() {
        return requireNonNull(request, "nothing is to be chosen");
    }

    /// All engines.
    public PoolView pool() {
        return requireNonNull(pool, "nothing is to be chosen");
    }

    /// How many candidates are left, at least 1.
    public int count() {
        return count;
    }

    /// A candidate.
    ///
    /// @param candidate from 0 to before [#count]
    public EngineView engine(int candidate) {
        return engines[candidate];
    }

    /// Requests that wait in that engine.
    public long queue(int candidate) {
        EngineView engine = engines[candidate];
        var reported = engine.reportedLoad();
        if (reported.isPresent() && reported.get().isFresh(pool().nowNanos()) && reported.get().waiting().isPresent()) {
            long unknownToIt = engine.running() - reported.get().running().orElse(engine.running());
            return Math.max(reported.get().waiting().getAsLong(), unknownToIt);
        }
        return engine.awaitingFirstToken();
    }

    /// Requests in that engine, those that wait there included.
    public long running(int candidate) {
        EngineView engine = engines[candidate];
        var reported = engine.reportedLoad();
        if (reported.isPresent() && reported.get().isFresh(pool().nowNanos())) {
            return Math.max(
                    engine.running(), reported.get().running().orElse(0) + reported.get().waiting().orElse(0));
        }
        return engine.running();
    }

    /// Share of its KV cache in use, from 0 to 1: as reserved for the requests sent there, or as it says. 0 when neither is known.
    public double kvUsage(int candidate) {
        EngineView engine = engines[candidate];
        var kvTokens = engine.description().kvTokens();
        double own = kvTokens.isEmpty() ? 0 : Math.min(1, (double) engine.kvTokensReserved() / kvTokens.getAsLong());
        var reported = engine.reportedLoad();
        if (reported.isPresent() && reported.get().isFresh(pool().nowNanos())) {
            return Math.clamp(reported.get().kvUsage().orElse(0), own, 1);
        }
        return own;
    }

    /// Tokens that the requests sent to that engine have yet to compute: prompts without a first token, and predicted output.
    public long tokensInFlight(int candidate) {
        return engines[candidate].prefillTokensOutstanding() + engines[candidate].decodeTokensOutstanding();
    }

    /// The share of the blocks of the request's prompt that the engine has probably cached, from 0 to 1; 0 when the prompt has no full block, or
    /// cannot be shared.
    public double cachedShare(int candidate) {
        return prefixes == null || prefixes.blocks() == 0
                ? 0
                : (double) prefixes.matchedBlocks(engines[candidate]) / prefixes.blocks();
    }

    /// Tokens of the request's prompt that the engine has probably cached.
    public int cachedTokens(int candidate) {
        return prefixes == null ? 0 : prefixes.matchedBlocks(engines[candidate]) * prefixes.blockTokens();
    }

    /// Time from now to the first token there, in nanoseconds: by the engine's model, else as learnt from what was measured.
    public double ttftNanos(int candidate) {
        Waiting sending = request();
        EngineView engine = engines[candidate];
        Optional<EngineModel> model = engine.description().traits().model();
        if (model.isEmpty()) {
            return pool().predictedTtftNanos(sending, engine);
        }
        int cached = Math.min(cachedTokens(candidate), sending.promptTokens() - 1);
        return model.get().ttftNanos(loadOf(engine), sending.promptTokens(), cached);
    }

    /// Time per output token there, in nanoseconds: by the engine's model, else as learnt from what was measured.
    public double tpotNanos(int candidate) {
        Waiting sending = request();
        EngineView engine = engines[candidate];
        Optional<EngineModel> model = engine.description().traits().model();
        return model.isEmpty()
                ? pool().predictedTpotNanos(sending, engine)
                : model.get().tpotNanos(loadOf(engine), sending.promptTokens(), Math.max(1, sending.predicted().outputTokens()));
    }

    private static EngineModel.Load loadOf(EngineView engine) {
        return new EngineModel.Load(
                engine.prefillTokensOutstanding(),
                engine.awaitingFirstToken(),
                engine.running() - engine.awaitingFirstToken(),
                engine.contextTokens(),
                engine.decodeTokensOutstanding());
    }
}
