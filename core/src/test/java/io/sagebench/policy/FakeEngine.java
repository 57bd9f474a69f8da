package io.sagebench.policy;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.engine.ServedModels;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// An engine of a [FakePool]: model `m`, four requests at once, 1,000 tokens of cache, unless told otherwise. Its predictions are what a test
/// says.
public final class FakeEngine implements EngineView {
    private final EngineId id;
    private ServedModels models = ServedModels.of("m");
    private int maxConcurrent = 4;
    private OptionalLong kvTokens = OptionalLong.of(1_000);
    private long extraWorkTokens;
    private long dispatched;
    private EngineTraits traits = EngineTraits.UNKNOWN;
    private Optional<ReportedLoad> reportedLoad = Optional.empty();
    long ttftNanos = 10_000_000;
    long tpotNanos = 1_000_000;
    /// What runs, oldest first.
    final List<InFlight> inFlight = new ArrayList<>();
    /// Of these, what has sent a token.
    final Set<InFlight> answering = new LinkedHashSet<>();

    private FakeEngine(String name) {
        id = new EngineId(name);
    }

    /// The engine of that name.
    public static FakeEngine anEngine(String name) {
        return new FakeEngine(name);
    }

    /// The models it serves.
    public FakeEngine models(String... names) {
        models = new ServedModels(Set.of(names), models.types());
        return this;
    }

    /// The types of requests it answers; chats and completions unless told otherwise.
    public FakeEngine types(RequestType... types) {
        models = new ServedModels(models.names(), Set.of(types));
        return this;
    }

    /// What else is known of it.
    public FakeEngine traits(EngineTraits known) {
        traits = known;
        return this;
    }

    /// What it says of its own load.
    public FakeEngine reports(ReportedLoad load) {
        reportedLoad = Optional.of(load);
        return this;
    }

    /// The most requests at once.
    public FakeEngine maxConcurrent(int most) {
        maxConcurrent = most;
        return this;
    }

    /// Tokens its cache holds.
    public FakeEngine kvTokens(long tokens) {
        kvTokens = OptionalLong.of(tokens);
        return this;
    }

    /// What is predicted of any request on it, idle.
    public FakeEngine predicting(long ttftMillis, long tpotMillis) {
        ttftNanos = ttftMillis * 1_000_000;
        tpotNanos = tpotMillis * 1_000_000;
        return this;
    }

    /// Prompt tokens that are outstanding on it besides those of its requests.
    public FakeEngine extraWork(long tokens) {
        extraWorkTokens = tokens;
        return this;
    }

    /// A request that runs on it already.
    public FakeEngine runs(WaitingBuilder request) {
        begin(request.build(), 0);
        return this;
    }

    /// A request that runs on it already and has sent tokens.
    public FakeEngine answers(WaitingBuilder request) {
        runs(request);
        answering.add(inFlight.getLast());
        return this;
    }

    void begin(Waiting request, long dispatchSequence) {
        inFlight.add(new InFlight(request, id, dispatchSequence));
        dispatched++;
    }

    boolean canTake(Waiting request) {
        int places = placesTaken();
        return (places == 0 || places + Math.max(1, request.ask().textCount()) <= maxConcurrent)
                && models.serves(request.model(), request.type())
                && !request.excluded().contains(id)
                && description().fits(request.mostTokens())
                && kvTokensReserved() + request.kvTokens() <= kvTokens.orElse(Long.MAX_VALUE);
    }

    @Override
    public EngineDescription description() {
        return new EngineDescription(
                id, "fake", models, maxConcurrent, OptionalInt.empty(), kvTokens, EngineSpeed.UNKNOWN_SERVER, traits);
    }

    @Override
    public int running() {
        return inFlight.size();
    }

    @Override
    public int awaitingFirstToken() {
        return inFlight.size() - answering.size();
    }

    @Override
    public long contextTokens() {
        return answering.stream().mapToLong(running -> running.request().promptTokens()).sum();
    }

    @Override
    public int runningCritical() {
        return Math.toIntExact(inFlight.stream()
                .filter(running -> running.request().priority() == Priority.CRITICAL)
                .count());
    }

    @Override
    public long prefillTokensOutstanding() {
        return extraWorkTokens
                + inFlight.stream().mapToLong(running -> running.request().promptTokens()).sum();
    }

    @Override
    public long decodeTokensOutstanding() {
        return inFlight.stream()
                .mapToLong(running -> running.request().predicted().outputTokens())
                .sum();
    }

    @Override
    public long kvTokensReserved() {
        return inFlight.stream().mapToLong(running -> running.request().kvTokens()).sum();
    }

    @Override
    public int textsOutstanding() {
        return inFlight.stream().mapToInt(running -> running.request().ask().textCount()).sum();
    }

    @Override
    public int placesTaken() {
        return inFlight.stream()
                .mapToInt(running -> Math.max(1, running.request().ask().textCount()))
                .sum();
    }

    @Override
    public Optional<ReportedLoad> reportedLoad() {
        return reportedLoad;
    }

    @Override
    public long dispatched() {
        return dispatched;
    }
}
