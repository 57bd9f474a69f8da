package io.sagebench.live.engine;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Probe;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.engine.ServedModels;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.engine.metrics.EngineReport;
import io.sagebench.live.engine.metrics.MetricsWatch;
import io.sagebench.live.engine.metrics.ReportingEngine;
import io.sagebench.live.engine.metrics.ServerKind;
import io.sagebench.live.server.Exchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// An OpenAI-compatible server behind a URL: vLLM, SGLang, LMDeploy and others. Requests go to it as they came, and its answers to the client as
/// they come; on the way the tokens are counted. Beside them it is asked for its metrics, if it has any.
///
/// Takes only jobs whose payload is an [Exchange]. [#start] is called on the timeline, as of any engine.
public final class HttpEngine implements ReportingEngine {
    private final EngineDescription description;
    private final UpstreamServer server;
    private final UpstreamQuestions questions;
    private final Optional<MetricsWatch> metrics;
    private final LiveTimeline timeline;
    private final TokenRounds tokenRounds;
    private final Optional<String> doubt;

    private HttpEngine(
            EngineDescription description,
            UpstreamServer server,
            UpstreamQuestions questions,
            Optional<MetricsWatch> metrics,
            LiveTimeline timeline,
            Optional<String> doubt) {
        this.description = description;
        this.doubt = doubt;
        this.server = server;
        this.questions = questions;
        this.metrics = metrics;
        this.timeline = timeline;
        this.tokenRounds = new TokenRounds(timeline);
    }

    /// Asks the server for its models and makes an engine of it. Blocks; not for the timeline.
    ///
    /// @param timeline where events of its jobs go
    /// @param id       unique within a control plane
    /// @param url      of the server, http or https, with or without `/v1` at its end
    /// @throws IOException              when it cannot be reached or does not answer as it should; the message names the URL and what to do
    /// @throws IllegalArgumentException when `url` is not the URL of an HTTP server
    public static HttpEngine connect(LiveTimeline timeline, EngineId id, URI url, HttpEngineSettings settings)
            throws IOException {
        return connect(timeline, id, url, settings, new UpstreamTrust.ThisMachine().context());
    }

    /// The same with what decides whom to trust over https.
    public static HttpEngine connect(
            LiveTimeline timeline, EngineId id, URI url, HttpEngineSettings settings, SSLContext tls) throws IOException {
        UpstreamAddress address = UpstreamAddress.of(url);
        var questions = new UpstreamQuestions(address, settings, tls);
        try {
            ServerModels listed = ServerModels.ask(address, questions);
            return engine(timeline, id, address, settings, tls, questions, listed);
        } catch (IOException unusable) {
            questions.close();
            throw unusable;
        }
    }

    /// Makes an engine of a server that need not be there yet: all that must be known of it was declared. Its probes tell when it is there.
    ///
    /// @throws IOException              when its host has no address
    /// @throws IllegalArgumentException when `url` is not the URL of an HTTP server, or no models were declared
    public static HttpEngine expected(
            LiveTimeline timeline, EngineId id, URI url, HttpEngineSettings settings, SSLContext tls) throws IOException {
        if (settings.declared().models().isEmpty()) {
            throw new IllegalArgumentException("the models of a server that is not asked must be declared");
        }
        UpstreamAddress address = UpstreamAddress.of(url);
        var questions = new UpstreamQuestions(address, settings, tls);
        return engine(timeline, id, address, settings, tls, questions, new ServerModels(List.of(), OptionalInt.empty()));
    }

    /// @param listed what the server says of its models; no names when it was not asked
    private static HttpEngine engine(
            LiveTimeline timeline,
            EngineId id,
            UpstreamAddress address,
            HttpEngineSettings settings,
            SSLContext tls,
            UpstreamQuestions questions,
            ServerModels listed) {
        DeclaredServer declared = settings.declared();
        Optional<MetricsWatch> metrics = settings.watch().metricsInterval().map(interval ->
                new MetricsWatch(questions::metrics, declared.kind(), interval, timeline::nowNanos));
        metrics.map(MetricsWatch::start).filter(_ -> !listed.names().isEmpty()).ifPresent(CompletableFuture::join);
        Optional<MetricsWatch.State> seen = metrics.map(MetricsWatch::state); // its first look tells what the server is
        Optional<ServerKind> kind = declared.kind().or(() -> seen.flatMap(MetricsWatch.State::report).map(EngineReport::kind));
        OptionalLong told = seen.flatMap(MetricsWatch.State::samples)
                .flatMap(samples -> kind.map(known -> known.kvTokens(samples)))
                .orElse(OptionalLong.empty());
        ServedModels models = ServerModels.served(declared, kind, listed.names());
        var description = new EngineDescription(
                id,
                address.url().toString(),
                models,
                settings.maxConcurrent(),
                declared.contextTokens().isPresent() ? declared.contextTokens() : listed.contextTokens(),
                declared.kvTokens().isPresent() ? declared.kvTokens() : told,
                declared.firstSpeed(),
                declared.traits());
        var connections = new UpstreamConnections(address, tls, settings.timeouts().connect());
        var server = new UpstreamServer(id, address, settings, connections, models);
        return new HttpEngine(description, server, questions, metrics, timeline, listed.doubtAbout(declared));
    }

    /// What was declared of the server that it does not say itself, for people; requests may fail for it.
    public Optional<String> doubt() {
        return doubt;
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        if (job.ask().textCount() > mostTextsPerCall()) {
            return startTogether(List.of(job), List.of(events)).getFirst();
        }
        Exchange exchange = exchangeOf(job);
        var reports = new Reports(timeline.from(exchange.loop()), events);
        var call = new UpstreamCall(server, job, exchange, exchange.relay(), reports);
        tokenRounds.add(reports);
        onLoopOf(exchange, call::begin);
        return () -> {
            reports.cancel();
            onLoopOf(exchange, call::cancel);
        };
    }

    /// Embeds the texts of all jobs by one call of the server, or by more where one takes only so many, and hands each client its own vectors. When a
    /// call for several fails, each of them gets a call of its own before it counts as failed.
    @Override
    public List<EngineWork> startTogether(List<EngineJob> jobs, List<EngineEvents> events) {
        if (jobs.size() == 1 && jobs.getFirst().ask().textCount() <= mostTextsPerCall()) {
            return List.of(start(jobs.getFirst(), events.getFirst()));
        }
        var members = new ArrayList<EmbeddingMember>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            Exchange exchange = exchangeOf(jobs.get(i));
            members.add(new EmbeddingMember(jobs.get(i), exchange, exchange.relay(), new Reports(timeline, events.get(i))));
        }
        var batch = new EmbeddingBatch(server, members, mostTextsPerCall());
        Exchange driver = members.getFirst().exchange();
        onLoopOf(driver, batch::begin);
        return members.stream()
                .<EngineWork>map(member -> () -> {
                    member.reports().cancel();
                    onLoopOf(driver, () -> batch.cancel(member));
                })
                .toList();
    }

    private int mostTextsPerCall() {
        return description.traits().maxTextsPerCall().orElse(Integer.MAX_VALUE);
    }

    private Exchange exchangeOf(EngineJob job) {
        if (job.payload() instanceof Exchange exchange) {
            return exchange;
        }
        throw new IllegalArgumentException(
                "the engine " + server.id() + " takes only requests that came over HTTP, not " + job);
    }

    /// Asks for the server's health, or where there is nothing of that name for its models. Answers on the timeline later.
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to fail
    public void probe(Consumer<Probe> answer) {
        questions.root(server.settings().watch().healthPath())
                .thenCompose(said -> said.isMissing() ? questions.models() : CompletableFuture.completedFuture(said))
                .handle((said, failure) -> said == null || failure != null ? unreachable(failure) : judged(said))
                .thenAccept(verdict -> onTimeline(() -> answer.accept(verdict)));
    }

    @Override
    public Optional<ReportedLoad> reportedLoad() {
        return report().map(EngineReport::load);
    }

    @Override
    public Optional<EngineReport> report() {
        return metrics.flatMap(watch -> watch.state().report());
    }

    @Override
    public Optional<String> metricsProblem() {
        return metrics.flatMap(watch -> watch.state().problem());
    }

    /// Closes idle connections now, and the others when their jobs end. Safe from any thread.
    @Override
    public void close() {
        metrics.ifPresent(MetricsWatch::close);
        questions.close();
        server.connections().close();
    }

    private Probe judged(UpstreamQuestions.Said said) {
        return said.isGood()
                ? new Probe.Ready()
                : new Probe.NotReady(server.address().url() + " answered a probe with status " + said.status());
    }

    private Probe unreachable(@Nullable Throwable failure) {
        String reason = failure == null ? "it said nothing" : questions.reason(failure);
        return new Probe.NotReady(server.address().url() + " does not answer: " + reason);
    }

    private void onTimeline(Runnable action) {
        try {
            timeline.execute(action);
        } catch (RejectedExecutionException _) {
            // the run has ended: nobody asks any more
        }
    }

    /// Does something where that exchange is driven.
    static void onLoopOf(Exchange exchange, Runnable action) {
        try {
            exchange.loop().execute(action);
        } catch (RejectedExecutionException _) {
            // the server that took the request has closed, with all its connections and this job's
        }
    }
}
