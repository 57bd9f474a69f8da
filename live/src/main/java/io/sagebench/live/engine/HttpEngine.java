package io.sagebench.live.engine;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.EngineWork;
import io.sagebench.live.server.Exchange;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;

/// An OpenAI-compatible server behind a URL: vLLM, SGLang, LMDeploy and others. Requests go to it as they came, and its answers to the client as
/// they come; on the way the tokens are counted.
///
/// Takes only jobs whose payload is an [Exchange]. [#start] is called on the timeline, as of any engine.
public final class HttpEngine implements Engine, AutoCloseable {
    private final EngineDescription description;
    private final UpstreamServer server;
    private final Executor timeline;

    private HttpEngine(EngineDescription description, UpstreamServer server, Executor timeline) {
        this.description = description;
        this.server = server;
        this.timeline = timeline;
    }

    /// Asks the server for its models and makes an engine of it. Blocks; not for the timeline.
    ///
    /// @param timeline where events of its jobs go
    /// @param id       unique within a control plane
    /// @param url      of the server, http or https, with or without `/v1` at its end
    /// @throws IOException              when it cannot be reached or does not answer as it should; the message names the URL and what to do
    /// @throws IllegalArgumentException when `url` is not the URL of an HTTP server
    public static HttpEngine connect(Executor timeline, EngineId id, URI url, HttpEngineSettings settings)
            throws IOException {
        try {
            return connect(timeline, id, url, settings, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException noTls) {
            throw new IllegalStateException("this Java cannot do TLS: " + noTls.getMessage(), noTls);
        }
    }

    /// With what decides whom to trust over https.
    static HttpEngine connect(
            Executor timeline, EngineId id, URI url, HttpEngineSettings settings, SSLContext tls) throws IOException {
        UpstreamAddress address = UpstreamAddress.of(url);
        ServerModels models = ServerModels.ask(address, settings, tls);
        var description = new EngineDescription(
                id,
                url.toString(),
                models.models(),
                settings.maxConcurrent(),
                models.contextTokens(),
                OptionalLong.empty(),
                EngineSpeed.UNKNOWN_SERVER,
                settings.answers().maxTextsPerCall().isPresent()
                        ? EngineTraits.UNKNOWN.withMaxTextsPerCall(
                                settings.answers().maxTextsPerCall().getAsInt())
                        : EngineTraits.UNKNOWN);
        var connections = new UpstreamConnections(address, tls, settings.connectTimeout());
        return new HttpEngine(description, new UpstreamServer(address, settings, connections, models.models()), timeline);
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
        var reports = new Reports(timeline, events);
        var call = new UpstreamCall(server, job, exchange, exchange.relay(), reports);
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
                "the engine at " + server.address().url() + " takes only requests that came over HTTP, not " + job);
    }

    /// Closes idle connections now, and the others when their jobs end. Safe from any thread.
    @Override
    public void close() {
        server.connections().close();
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
