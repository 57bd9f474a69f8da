package io.sagebench.metrics;

import io.sagebench.journal.ContentTicks;
import io.sagebench.journal.ContentTimes;
import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import io.sagebench.metrics.Evidence.LittlesLaw;
import io.sagebench.metrics.Evidence.Steady;
import io.sagebench.metrics.RunMetrics.Breakdown;
import io.sagebench.metrics.RunMetrics.FairnessByGroup;
import io.sagebench.metrics.RunMetrics.Group;
import io.sagebench.metrics.RunMetrics.Parts;
import io.sagebench.metrics.RunMetrics.RequestCounts;
import io.sagebench.metrics.RunMetrics.Throughput;
import io.sagebench.metrics.RunMetrics.TokenTotals;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.time.TickSpan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns records into numbers, keeping none of them: memory does not grow with the run beyond the samples kept for exact percentiles. Belongs
/// to one thread.
public final class MetricsCollector implements Journal {
    private final Samples endToEnd = new Samples();
    private final Samples ttft = new Samples();
    private final Samples itl = new Samples();
    /// Null while each gap was one token's, so that TBT is ITL.
    private @Nullable Samples tbt;
    private final TickGaps tickGaps = new TickGaps();
    private final Samples tpot = new Samples();
    private final Samples sendLag = new Samples();
    private final Samples ttftSinceSent = new Samples();
    private final Samples endToEndSinceSent = new Samples();
    private final Samples queueWait = new Samples();
    private final RequestGroup all = new RequestGroup();
    private final Map<Priority, RequestGroup> byPriority = new EnumMap<>(Priority.class);
    private final Map<String, RequestGroup> byModel = new TreeMap<>();
    private final Map<RequestType, RequestGroup> byType = new EnumMap<>(RequestType.class);
    private final Map<String, RequestGroup> byTenant = new TreeMap<>();
    /// All prompts; null while they are the chats, since nothing else came.
    private @Nullable RequestGroup prompts;
    private final ServiceShares tenantShares = new ServiceShares();
    private final ServiceShares priorityShares = new ServiceShares();
    private final BusyTimes busyTimes = new BusyTimes();
    private final Map<String, Long> byOutcome = new TreeMap<>();
    private final RequestSeries series = new RequestSeries();
    private final CompletionTimes completions = new CompletionTimes();
    private final FailureReasons reasons = new FailureReasons();
    private final LengthSums promptLengths = new LengthSums();
    private final LengthSums outputLengths = new LengthSums();
    private long rejected;
    private long timedOut;
    private long inputTokens;
    private long cachedInputTokens;
    private long beganAtNanos = Long.MAX_VALUE;
    private long durationNanos;
    private long offeredNanos;
    private long offeredGaps;
    // Of the window under way:
    private long inWindow;
    private long completedInWindow;
    private long firstIntendedNanos = Long.MAX_VALUE;
    private long lastIntendedNanos = Long.MIN_VALUE;
    private long lastCompletionNanos = Long.MIN_VALUE;
    private long lastEndNanos = Long.MIN_VALUE;
    private long firstSeenNanos;
    /// Summed over requests: from the intended time to the completion, or to the end of one that did not complete.
    private double inFlightNanos;
    private final List<String> notes = new ArrayList<>();

    @Override
    public void write(RequestRecord ended) {
        var planned = ended.planned();
        observe(ended);
        beganAtNanos = Math.min(beganAtNanos, planned.intendedAtNanos());
        inWindow++;
        firstIntendedNanos = Math.min(firstIntendedNanos, planned.intendedAtNanos());
        lastIntendedNanos = Math.max(lastIntendedNanos, planned.intendedAtNanos());
        lastEndNanos = Math.max(lastEndNanos, ended.endedAtNanos());
        byOutcome.merge(ended.outcome().wireName(), 1L, Long::sum);
        if (!ended.isCompleted()) {
            reasons.add(ended.outcome());
        }
        all.add(ended);
        byPriority.computeIfAbsent(planned.priority(), _ -> new RequestGroup()).add(ended);
        byModel.computeIfAbsent(planned.model(), _ -> new RequestGroup()).add(ended);
        addByType(ended);
        planned.caller().tenant().ifPresent(name -> {
            byTenant.computeIfAbsent(name, _ -> new RequestGroup()).add(ended);
            tenantShares.add(name, ended);
        });
        priorityShares.add(planned.priority().name(), ended);
        busyTimes.add(ended);
        ended.sendLagNanos().ifPresent(sendLag::add);
        switch (ended.outcome()) {
            case Outcome.Completed _ -> addCompleted(ended);
            case Outcome.Rejected _ -> rejected++;
            case Outcome.TimedOut _ -> timedOut++;
            case Outcome.HttpError _,
                    Outcome.StreamError _,
                    Outcome.Truncated _,
                    Outcome.Empty _,
                    Outcome.ConnectionFailed _,
                    Outcome.Cancelled _ -> {
                // counted as failed: all that is not completed, rejected or timed out
            }
        }
    }

    private void observe(RequestRecord ended) {
        Observation seen = Observation.of(ended);
        series.add(seen);
        if (inWindow == 0) {
            firstSeenNanos = seen.intendedAtNanos();
        }
        long endedAtNanos = seen.completedAtNanos().orElse(ended.endedAtNanos());
        inFlightNanos += endedAtNanos - seen.intendedAtNanos();
        if (seen.completed()) {
            completions.add(endedAtNanos - firstSeenNanos, seen.met(), seen.outputTokens());
        }
    }

    private void addByType(RequestRecord ended) {
        RequestType type = ended.planned().type();
        if (type == RequestType.LLM_GENERATE && prompts == null) {
            prompts = chats().copy();
        }
        if (type.isGeneration() && prompts != null) {
            prompts.add(ended);
        }
        byType.computeIfAbsent(type, _ -> new RequestGroup()).add(ended);
    }

    private RequestGroup chats() {
        return byType.getOrDefault(RequestType.LLM_CHAT, new RequestGroup());
    }

    private void addCompleted(RequestRecord done) {
        completedInWindow++;
        lastCompletionNanos = Math.max(
                lastCompletionNanos, done.content().lastContentAtNanos().orElse(done.endedAtNanos()));
        done.endToEndNanos().ifPresent(endToEnd::add);
        done.ttftNanos().ifPresent(ttft::add); // none for an embedding, which is one whole answer
        done.ttftSinceSentNanos().ifPresent(ttftSinceSent::add);
        done.endToEndSinceSentNanos().ifPresent(endToEndSinceSent::add);
        done.tpotNanos().ifPresent(nanos -> tpot.add(Math.round(nanos)));
        done.servedBy().ifPresent(server -> server.queueNanos().ifPresent(queueWait::add));
        addGaps(done);
        var tokens = done.tokens();
        if (done.planned().type().isGeneration()) {
            outputLengths.add(done.planned().outputTokens(), tokens.output(), tokens.source());
        }
        int asked = done.planned().promptTokens();
        promptLengths.add(asked, tokens.promptOr(asked), tokens.promptSource());
        inputTokens += tokens.promptOr(asked);
        cachedInputTokens += tokens.cachedPrompt().orElse(0);
    }

    /// ITL is each gap; TBT the gap divided by the tokens its event brought, where these are known: said by the server event by event, or one
    /// each because there were as many events as tokens.
    private void addGaps(RequestRecord done) {
        ContentTimes content = done.content();
        boolean oneEach = content.events() == done.tokens().output();
        if (content instanceof ContentTicks(List<TickSpan> spans) && oneEach) {
            addSpans(spans);
            return;
        }
        for (int i = 1; i < content.events(); i++) {
            long gapNanos = content.eventAtNanos(i) - content.eventAtNanos(i - 1);
            int tokens = oneEach ? 1 : content.tokensOf(i);
            if (tokens == 1) {
                addGap(gapNanos, 1);
            } else {
                Samples apart = tbtApart();
                itl.add(gapNanos);
                if (tokens > 1) {
                    apart.add(gapNanos / tokens);
                }
            }
        }
    }

    private Samples tbtApart() {
        Samples apart = tbt;
        if (apart == null) {
            tickGaps.drain(this::addGap);
            apart = itl.copy();
            tbt = apart;
        }
        return apart;
    }

    private void addSpans(List<TickSpan> spans) {
        for (int i = 0; i < spans.size(); i++) {
            tickGaps.add(spans.get(i), this::addGap);
            if (i > 0) {
                TickSpan before = spans.get(i - 1);
                addGap(spans.get(i).atNanos(0) - before.atNanos(before.size() - 1), 1);
            }
        }
    }

    private void addGap(long gapNanos, long times) {
        itl.add(gapNanos, times);
        if (tbt != null) {
            tbt.add(gapNanos, times);
        }
    }

    /// Keeps what may have disturbed the measurement, for [Validity#notes].
    public void note(String what) {
        notes.add(what);
    }

    /// Ends a measured window: what is written next belongs to another one. Rates are over the windows together, without the time between.
    public void endWindow() {
        if (inWindow == 0) {
            return;
        }
        durationNanos += windowNanos();
        series.endWindow();
        completions.endWindow(windowNanos());
        offeredNanos += lastIntendedNanos - firstIntendedNanos;
        offeredGaps += inWindow - 1;
        busyTimes.endWindow();
        inWindow = 0;
        completedInWindow = 0;
        firstIntendedNanos = Long.MAX_VALUE;
        lastIntendedNanos = Long.MIN_VALUE;
        lastCompletionNanos = Long.MIN_VALUE;
        lastEndNanos = Long.MIN_VALUE;
    }

    private long windowNanos() {
        return (completedInWindow > 0 ? lastCompletionNanos : lastEndNanos) - firstIntendedNanos;
    }

    /// The numbers of what was written so far; ends the window.
    ///
    /// @param peakInFlight the most requests in flight at once
    /// @param health       how the load generator did
    public RunMetrics metrics(int peakInFlight, ClientHealth health) {
        return metrics(peakInFlight, health, EnginePrices.UNKNOWN);
    }

    /// The numbers of what was written so far; ends the window.
    ///
    /// @param peakInFlight the most requests in flight at once
    /// @param health       how the load generator did
    /// @param prices       what the engines cost
    public RunMetrics metrics(int peakInFlight, ClientHealth health, EnginePrices prices) {
        return metrics(peakInFlight, health, prices, OptionalDouble.empty());
    }

    /// The numbers of what was written so far; ends the window.
    ///
    /// @param peakInFlight     the most requests in flight at once
    /// @param health           how the load generator did
    /// @param prices           what the engines cost
    /// @param requestSeconds   the number of requests in flight, summed over the time of all windows, as counted while they were sent and ended;
    ///                         absent when it was not
    public RunMetrics metrics(int peakInFlight, ClientHealth health, EnginePrices prices, OptionalDouble requestSeconds) {
        endWindow();
        tickGaps.drain(this::addGap);
        Samples betweenTokens = tbt == null ? itl : tbt;
        Evidence evidence = evidence(betweenTokens, requestSeconds);
        Validity validity = ValidityRule.judge(sendLag.summary(), ttftSinceSent.summary(), health);
        for (String note : notes) {
            validity = validity.noting(note);
        }
        LengthMatch prompted = promptLengths.match();
        LengthMatch answered = outputLengths.match();
        for (String note : LengthNotes.of(prompted, answered)) {
            validity = validity.noting(note);
        }
        if (evidence.littlesLaw().isPresent() && !evidence.littlesLaw().get().holds()) {
            validity = validity.noting(disagreement(evidence.littlesLaw().get()));
        }
        long completed = all.completed();
        var counts = new RequestCounts(
                all.total(),
                completed,
                rejected,
                timedOut,
                all.total() - completed - rejected - timedOut,
                byOutcome,
                reasons.mostFrequentFirst());
        return new RunMetrics(
                counts,
                throughput(peakInFlight),
                endToEnd.summary(),
                ttft.summary(),
                itl.summary(),
                betweenTokens.summary(),
                tpot.summary(),
                sendLag.summary(),
                ttftSinceSent.summary(),
                endToEndSinceSent.summary(),
                queueWait.summary(),
                all.slo(),
                parts(),
                new Breakdown(summaries(byPriority), summaries(byModel), summaries(byType), summaries(byTenant)),
                new FairnessByGroup(tenantShares.fairness(), priorityShares.fairness()),
                prices.cost(durationNanos / 1e9, busyTimes.secondsByEngine(), inputTokens + all.outputTokens()),
                new TokenTotals(
                        inputTokens,
                        all.outputTokens(),
                        cachedInputTokens,
                        prompted,
                        answered),
                validity,
                evidence);
    }

    private Evidence evidence(Samples betweenTokens, OptionalDouble requestSeconds) {
        if (all.total() == 0) {
            return Evidence.NONE;
        }
        Observations requests = series.observations();
        CompletionTimes.Rates rates = completions.rates();
        double seconds = durationNanos / 1e9;
        return new Evidence(
                ConfidenceRule.of(requests, rates, endToEnd, ttft, betweenTokens),
                series.windows() == 1
                        ? SteadyRule.of(requests, rates)
                        : new Steady(Steady.Verdict.SEVERAL_WINDOWS, Optional.empty()),
                requestSeconds.isPresent() && seconds > 0
                        ? Optional.of(new LittlesLaw(requestSeconds.getAsDouble() / seconds, inFlightNanos / 1e9 / seconds))
                        : Optional.empty(),
                Optional.of(requests),
                Optional.of(rates));
    }

    private static String disagreement(LittlesLaw law) {
        return String.format(
                Locale.ROOT,
                "Little's law: %.1f requests were in flight on average, but rate times latency is %.1f",
                law.meanInFlight(),
                law.rateTimesLatency());
    }

    private Parts parts() {
        double seconds = durationNanos / 1e9;
        RequestGroup llm = prompts == null ? chats() : prompts;
        Group embedding = byType.getOrDefault(RequestType.EMBEDDING, new RequestGroup()).summary();
        return new Parts(
                llm.summary(),
                embedding,
                rate(llm.completed(), seconds),
                rate(embedding.completed(), seconds),
                rate(embedding.textsEmbedded(), seconds));
    }

    private Throughput throughput(int peakInFlight) {
        double seconds = durationNanos / 1e9;
        return new Throughput(
                all.total() == 0 ? 0 : beganAtNanos,
                seconds,
                rate(all.completed(), seconds),
                rate(all.slo().met(), seconds),
                rate(all.outputTokens(), seconds),
                rate(inputTokens, seconds),
                rate(offeredGaps, offeredNanos / 1e9),
                peakInFlight);
    }

    private static OptionalDouble rate(long count, double seconds) {
        return seconds > 0 ? OptionalDouble.of(count / seconds) : OptionalDouble.empty();
    }

    private static <K> Map<K, Group> summaries(Map<K, RequestGroup> groups) {
        var summaries = new LinkedHashMap<K, Group>();
        groups.forEach((key, group) -> summaries.put(key, group.summary()));
        return summaries;
    }
}
