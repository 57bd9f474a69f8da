package io.sagebench.metrics;

import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The numbers of one policy's measured requests. Latencies count from the intended send time unless they say otherwise, and come from
/// completed requests only. What could not be measured is absent.
///
/// @param counts            how the requests ended
/// @param throughput        rates over the measured window
/// @param endToEnd          E2E
/// @param ttft              time to first token
/// @param itl               gaps between content events
/// @param tbt               the same gaps divided by the tokens in the event, where these are known
/// @param tpot              per-request time per output token
/// @param sendLag           sent minus intended, of all that were sent
/// @param ttftSinceSent     TTFT counted from the real send
/// @param endToEndSinceSent E2E counted from the real send
/// @param queueWait         wait in the control plane's queue, where it says so
/// @param slo               promises kept
/// @param parts             prompts and texts to embed apart
/// @param breakdown         the same for parts of the requests
/// @param fairness          how evenly tenants and priorities were served
/// @param cost              what the engines cost
/// @param tokens            totals, and where they come from
/// @param validity          whether the load generator kept up
/// @param evidence          how sure the figures are, and what they rest on
public record RunMetrics(
        RequestCounts counts,
        Throughput throughput,
        Optional<LatencySummary> endToEnd,
        Optional<LatencySummary> ttft,
        Optional<LatencySummary> itl,
        Optional<LatencySummary> tbt,
        Optional<LatencySummary> tpot,
        Optional<LatencySummary> sendLag,
        Optional<LatencySummary> ttftSinceSent,
        Optional<LatencySummary> endToEndSinceSent,
        Optional<LatencySummary> queueWait,
        Slo slo,
        Parts parts,
        Breakdown breakdown,
        FairnessByGroup fairness,
        Cost cost,
        TokenTotals tokens,
        Validity validity,
        Evidence evidence) {

    /// Figures without what they rest on.
    public RunMetrics(
            RequestCounts counts,
            Throughput throughput,
            Optional<LatencySummary> endToEnd,
            Optional<LatencySummary> ttft,
            Optional<LatencySummary> itl,
            Optional<LatencySummary> tbt,
            Optional<LatencySummary> tpot,
            Optional<LatencySummary> sendLag,
            Optional<LatencySummary> ttftSinceSent,
            Optional<LatencySummary> endToEndSinceSent,
            Optional<LatencySummary> queueWait,
            Slo slo,
            Parts parts,
            Breakdown breakdown,
            FairnessByGroup fairness,
            Cost cost,
            TokenTotals tokens,
            Validity validity) {
        this(
                counts, throughput, endToEnd, ttft, itl, tbt, tpot, sendLag, ttftSinceSent, endToEndSinceSent, queueWait, slo, parts,
                breakdown, fairness, cost, tokens, validity, Evidence.NONE);
    }

    /// The numbers for each priority there was.
    public Map<Priority, Group> byPriority() {
        return breakdown.byPriority();
    }

    /// The numbers for each model there was.
    public Map<String, Group> byModel() {
        return breakdown.byModel();
    }

    /// The requests by what they have in common.
    ///
    /// @param byPriority for each priority there was
    /// @param byModel    for each model there was
    /// @param byType     for each type there was
    /// @param byTenant   for each tenant that was named
    public record Breakdown(
            Map<Priority, Group> byPriority,
            Map<String, Group> byModel,
            Map<RequestType, Group> byType,
            Map<String, Group> byTenant) {
        public Breakdown {
            byPriority = Collections.unmodifiableMap(new LinkedHashMap<>(byPriority));
            byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
            byType = Collections.unmodifiableMap(new LinkedHashMap<>(byType));
            byTenant = Collections.unmodifiableMap(new LinkedHashMap<>(byTenant));
        }
    }

    /// How evenly the service was shared; absent for fewer than two tenants or priorities, and when nothing was served in time.
    ///
    /// @param byTenant   among the tenants that were named
    /// @param byPriority among the priorities
    public record FairnessByGroup(Optional<Fairness> byTenant, Optional<Fairness> byPriority) {}

    /// What the engines cost over the measured window, in US dollars; what is not known is absent.
    ///
    /// @param rentedUsd                  price of every engine for the whole window
    /// @param busyUsd                    price of each engine for the time it had work
    /// @param busySecondsByEngine        how long each engine that answered had work, by its name; empty when servers do not say who answered
    /// @param rentedUsdPer1kTokens       `rentedUsd` for each 1,000 prompt and output tokens of completed requests
    /// @param busyUsdPer1kTokens         `busyUsd` in the same way
    public record Cost(
            OptionalDouble rentedUsd,
            OptionalDouble busyUsd,
            Map<String, Double> busySecondsByEngine,
            OptionalDouble rentedUsdPer1kTokens,
            OptionalDouble busyUsdPer1kTokens) {
        /// Nothing is known.
        public static final Cost UNKNOWN = new Cost(
                OptionalDouble.empty(), OptionalDouble.empty(), Map.of(), OptionalDouble.empty(), OptionalDouble.empty());

        public Cost {
            busySecondsByEngine = Collections.unmodifiableMap(new LinkedHashMap<>(busySecondsByEngine));
        }
    }

    /// How the requests ended: `total = completed + rejected + timedOut + failed`.
    ///
    /// @param total     measured requests
    /// @param completed ended well
    /// @param rejected  declined by the server
    /// @param timedOut  a limit of the client's passed
    /// @param failed    every other ending
    /// @param byOutcome each outcome that occurred, by its wire name
    /// @param reasons   why requests did not complete, as the outcome and what it says, most frequent first; rare ones beyond some number are
    ///                  counted together
    public record RequestCounts(
            long total, long completed, long rejected, long timedOut, long failed, Map<String, Long> byOutcome,
            Map<String, Long> reasons) {
        public RequestCounts {
            byOutcome = Collections.unmodifiableMap(new LinkedHashMap<>(byOutcome));
            reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
        }

        /// Failed requests as a share of all; 0 when there were none.
        public double errorRate() {
            return share(failed);
        }

        /// Timed-out requests as a share of all; 0 when there were none.
        public double timeoutRate() {
            return share(timedOut);
        }

        /// Rejected requests as a share of all; 0 when there were none.
        public double rejectedRate() {
            return share(rejected);
        }

        private double share(long part) {
            return total == 0 ? 0 : (double) part / total;
        }
    }

    /// Rates over the measured window, from the first intended time to the last completion; over all windows together with repeats. Rates are
    /// absent when the window has no length.
    ///
    /// @param windowStartNanos           earliest intended time; 0 without requests
    /// @param durationSeconds            length of the window
    /// @param requestsPerSecond          completed requests
    /// @param goodputPerSecond           requests that met their service level
    /// @param outputTokensPerSecond      output tokens of completed requests
    /// @param inputTokensPerSecond       prompt tokens of completed requests
    /// @param offeredRequestsPerSecond   intended requests, over the time from the first to the last intended one
    /// @param peakInFlight               the most requests in flight at once
    public record Throughput(
            long windowStartNanos,
            double durationSeconds,
            OptionalDouble requestsPerSecond,
            OptionalDouble goodputPerSecond,
            OptionalDouble outputTokensPerSecond,
            OptionalDouble inputTokensPerSecond,
            OptionalDouble offeredRequestsPerSecond,
            int peakInFlight) {}

    /// Promises kept, among all measured requests; a failure is a promise broken.
    ///
    /// @param met             requests that met their service level
    /// @param total           measured requests
    /// @param attainment      met / total; absent without requests
    public record Slo(long met, long total, OptionalDouble attainment) {}

    /// The requests that have something in common: a priority, model, type or tenant.
    ///
    /// @param total         measured requests
    /// @param completed     of these, how many completed
    /// @param slo           promises kept
    /// @param endToEnd      E2E of completed ones
    /// @param ttft          TTFT of completed ones that were streamed
    /// @param outputTokens  of completed ones
    /// @param textsAsked    texts to embed that completed ones brought
    /// @param textsEmbedded vectors that came back for them
    public record Group(
            long total,
            long completed,
            Slo slo,
            Optional<LatencySummary> endToEnd,
            Optional<LatencySummary> ttft,
            long outputTokens,
            long textsAsked,
            long textsEmbedded) {
        /// Mean number of texts that a completed request brought; absent when it brought none.
        public OptionalDouble averageBatch() {
            return textsAsked == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) textsAsked / completed);
        }
    }

    /// Prompts and texts to embed apart.
    ///
    /// @param llm                       chats and completions
    /// @param embedding                 texts to embed
    /// @param llmRequestsPerSecond       completed prompts
    /// @param embeddingRequestsPerSecond completed requests with texts
    /// @param textsPerSecond             vectors that came back
    public record Parts(
            Group llm,
            Group embedding,
            OptionalDouble llmRequestsPerSecond,
            OptionalDouble embeddingRequestsPerSecond,
            OptionalDouble textsPerSecond) {
        /// The share of prompts among all requests; absent without requests.
        public OptionalDouble llmShare() {
            return shareOf(llm);
        }

        /// The share of requests with texts to embed; absent without requests.
        public OptionalDouble embeddingShare() {
            return shareOf(embedding);
        }

        private OptionalDouble shareOf(Group part) {
            long total = llm.total() + embedding.total();
            return total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part.total() / total);
        }
    }

    /// Tokens of completed requests.
    ///
    /// @param input               prompt tokens as the servers counted them, else as asked
    /// @param output              output tokens
    /// @param cachedInput         prompt tokens from the prefix cache, where servers say so
    /// @param prompts             asked and counted lengths of prompts, and who counted
    /// @param outputs             the same of answers
    public record TokenTotals(
            long input,
            long output,
            long cachedInput,
            LengthMatch prompts,
            LengthMatch outputs) {
        /// Requests whose prompt was counted and not as long as asked.
        public long promptMismatches() {
            return prompts.compared() - prompts.exact();
        }

        /// Requests whose answer was not as long as asked.
        public long outputMismatches() {
            return outputs.compared() - outputs.exact();
        }

        /// How many requests had their output count from where, by wire name.
        public Map<String, Long> outputSources() {
            return outputs.sources();
        }
    }
}
