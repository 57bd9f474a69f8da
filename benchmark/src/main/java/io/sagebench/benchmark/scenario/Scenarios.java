package io.sagebench.benchmark.scenario;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.BurstyArrivals;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.benchmark.scenario.Scenario.SharedBy;
import io.sagebench.benchmark.scenario.ScenarioFleet.Member;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.Extent;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.MixedWorkload;
import io.sagebench.workload.MixedWorkload.Stream;
import io.sagebench.workload.StreamTraits;
import io.sagebench.workload.StreamTraits.SharedPrefixes;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The scenarios, each of a given length. Rates were chosen by measuring what each fleet serves under `fifo` and going near that; deadlines are
/// such that an idle fleet meets every one.
///
/// Prices are assumptions, of the order of what clouds list for one GPU and hour: H100 4.00, A100 80 GB 2.00, L40S 1.20 US dollars.
public final class Scenarios {
    private static final double H100_USD = 4.00;
    private static final double A100_USD = 2.00;
    private static final double L40S_USD = 1.20;
    private static final String CHAT_MODEL = "llama3-8b";
    private static final String EMBEDDING_MODEL = "e5-mistral-7b";
    /// A limit that keeps the time per token of an 8B model on an A100 below 20 ms.
    private static final int MAX_NUM_SEQS = 64;
    /// A batch of as many texts takes about 85 ms, so that an urgent one behind it can still meet 200 ms.
    private static final int MAX_TEXTS = 16;
    /// What four A100 serve of the chat stream at most, in requests per second; each of the numbers below was measured in the same way: all
    /// requests of the scenario within a sixth of the time, without deadlines, under `fifo`.
    static final double CHAT_CAPACITY = 71;
    /// 0.82 times the 109 requests per second that the H100 embeds at most.
    static final double EMBEDDING_RATE = 90;
    /// Requests per second of all models together: a third of the 2.4 that the two cards serve at most, when each turn of a model is long.
    static final double MODELS_RATE = 0.8;
    /// 1.03 times what the four A100 serve at most when prompts go to any of them.
    static final double PREFIX_RATE = 18;
    /// 0.3 times what the mixed fleet serves at most.
    static final double OFF_PEAK_RATE = 28;

    private static final Map<Priority, ServiceLevel> CHAT_PROMISES = Map.of(
            Priority.HIGH, ServiceLevel.endToEnd(Duration.ofSeconds(8)),
            Priority.NORMAL, ServiceLevel.endToEnd(Duration.ofSeconds(15)),
            Priority.LOW, ServiceLevel.endToEnd(Duration.ofSeconds(40)));
    private static final LengthRange CHAT_PROMPT = new LengthRange(50, 800);
    private static final LengthRange CHAT_OUTPUT = new LengthRange(20, 200);

    private final Duration length;

    /// @param length for how long requests come
    public Scenarios(Duration length) {
        this.length = length;
    }

    /// All of them, in the order of the table.
    public List<Scenario> all() {
        return List.of(steady(), bursty(), tenants(), hybrid(), models(MODELS_RATE), prefixes(), offPeak());
    }

    /// Chats with mixed deadlines, just above what the fleet serves.
    public Scenario steady() {
        return new Scenario(
                "steady",
                "Steady",
                "Chats of three teams with mixed deadlines (8, 15 and 40 s) come at a constant mean rate, 1.1 times what the fleet serves.",
                new MixedWorkload(List.of(
                        chat("search", poisson(1.1 / 3 * CHAT_CAPACITY), priorities(0.2, 0.6, 0.2)),
                        chat("assistant", poisson(1.1 / 3 * CHAT_CAPACITY), priorities(0.2, 0.6, 0.2)),
                        chat("reports", poisson(1.1 / 3 * CHAT_CAPACITY), priorities(0.2, 0.6, 0.2)))),
                new ScenarioFleet(ScenarioFleet.llms(4, CHAT_MODEL, "llama3-8b-a100", MAX_NUM_SEQS, A100_USD)),
                SharedBy.TENANTS);
    }

    /// The same in bursts.
    public Scenario bursty() {
        var bursts = new BurstyArrivals(0.55 * CHAT_CAPACITY, 2 * CHAT_CAPACITY, 20, 8);
        return new Scenario(
                "bursty",
                "Bursty",
                "The same chats and fleet, in bursts of 8 s on average with 2 times what the fleet serves, 20 s apart, and 0.55 times in between; "
                        + "0.96 times in the mean.",
                new MixedWorkload(List.of(chat(
                        "chats", Optional.empty(), bursts, bursts.meanPerSecond(), priorities(0.2, 0.6, 0.2)))),
                new ScenarioFleet(ScenarioFleet.llms(4, CHAT_MODEL, "llama3-8b-a100", MAX_NUM_SEQS, A100_USD)),
                SharedBy.PRIORITIES);
    }

    /// Two tenants keep to their part, one does not.
    public Scenario tenants() {
        return new Scenario(
                "tenants",
                "Greedy tenant",
                "Two tenants ask for 0.2 times what the fleet serves, a third for 1.2 times; all chats have 15 s.",
                new MixedWorkload(List.of(
                        chat("modest-1", poisson(0.2 * CHAT_CAPACITY), priorities(0, 1, 0)),
                        chat("modest-2", poisson(0.2 * CHAT_CAPACITY), priorities(0, 1, 0)),
                        chat("greedy", poisson(1.2 * CHAT_CAPACITY), priorities(0, 1, 0)))),
                new ScenarioFleet(ScenarioFleet.llms(4, CHAT_MODEL, "llama3-8b-a100", MAX_NUM_SEQS, A100_USD)),
                SharedBy.TENANTS);
    }

    /// Chats and embeddings with tight deadlines.
    public Scenario hybrid() {
        var embeddings = new WorkloadSpec(
                arriving(new PoissonArrivals(EMBEDDING_RATE), EMBEDDING_RATE),
                Weighted.always(EMBEDDING_MODEL),
                priorities(0.2, 0.6, 0.2),
                Map.of(
                        Priority.HIGH, ServiceLevel.endToEnd(Duration.ofMillis(100)),
                        Priority.NORMAL, ServiceLevel.endToEnd(Duration.ofMillis(200)),
                        Priority.LOW, ServiceLevel.endToEnd(Duration.ofMillis(500))),
                new LengthRange(30, 300),
                new LengthRange(1, 1),
                StreamTraits.embeddings(new LengthRange(1, 4)));
        return new Scenario(
                "hybrid",
                "Chats and embeddings",
                "Chats at 0.95 times what two A100 serve, and embeddings of 1 to 4 texts with deadlines of 100, 200 and 500 ms at 0.82 times what an "
                        + "H100 with a 7B embedding model serves. That server takes 16 texts at a time; what waits, waits at the gateway.",
                new MixedWorkload(List.of(
                        chat("chats", Optional.empty(), poisson(0.475 * CHAT_CAPACITY), priorities(0.2, 0.6, 0.2)),
                        new Stream("embeddings", embeddings))),
                new ScenarioFleet(concat(
                        ScenarioFleet.llms(2, CHAT_MODEL, "llama3-8b-a100", MAX_NUM_SEQS, A100_USD),
                        List.of(ScenarioFleet.embedding(EMBEDDING_MODEL, "e5-mistral-7b-h100", MAX_TEXTS, H100_USD)))),
                SharedBy.PRIORITIES);
    }

    /// Eight models on two cards, each rarely asked.
    ///
    /// @param ratePerSecond requests of all models together
    public Scenario models(double ratePerSecond) {
        return models(ratePerSecond, ScenarioFleet.cards(2, ModelMarket.card(), A100_USD));
    }

    /// The same with four models pinned to each card by hand, so that all of a card's weights fit it at once: what placement alone can do.
    ///
    /// @param ratePerSecond requests of all models together
    public Scenario modelsPinned(double ratePerSecond) {
        return models(ratePerSecond, ModelMarket.pinnedCards(A100_USD));
    }

    private Scenario models(double ratePerSecond, List<Member> cards) {
        var streams = new ArrayList<Stream>();
        var market = ModelMarket.card();
        for (String model : market.models()) {
            double rate = ratePerSecond / market.models().size();
            streams.add(new Stream(
                    model,
                    new WorkloadSpec(
                            arriving(new PoissonArrivals(rate), rate),
                            Weighted.always(model),
                            Weighted.always(Priority.NORMAL),
                            Map.of(Priority.NORMAL, ModelMarket.PROMISE),
                            new LengthRange(50, 600),
                            new LengthRange(50, 500))));
        }
        return new Scenario(
                "models",
                "Eight models, two engines",
                "Eight models of 7 to 13 billion weights share two A100, of which each holds four or fewer at a time. Each model's requests are "
                        + "rare; first token within 10 s and 100 ms a token, as in Aegaeon's evaluation.",
                new MixedWorkload(streams),
                new ScenarioFleet(cards),
                SharedBy.PRIORITIES);
    }

    /// Long documents that several prompts begin with.
    public Scenario prefixes() {
        var spec = new WorkloadSpec(
                arriving(new PoissonArrivals(PREFIX_RATE), PREFIX_RATE),
                Weighted.always(CHAT_MODEL),
                priorities(0.2, 0.6, 0.2),
                CHAT_PROMISES,
                new LengthRange(50, 400),
                new LengthRange(30, 150),
                StreamTraits.CHAT.with(new SharedPrefixes(0.9, 240, 4000)));
        return new Scenario(
                "prefixes",
                "Shared prefixes",
                "Nine of ten prompts are questions about one of 240 documents of 4,000 tokens, which come first. The KV caches of the four engines "
                        + "together hold all documents, one engine a part of them.",
                new MixedWorkload(List.of(new Stream("questions", spec))),
                new ScenarioFleet(ScenarioFleet.llms(4, CHAT_MODEL, "llama3-8b-a100", MAX_NUM_SEQS, A100_USD)),
                SharedBy.PRIORITIES);
    }

    /// A fleet of unequal prices at night.
    public Scenario offPeak() {
        return new Scenario(
                "off-peak",
                "Off peak, mixed prices",
                "Chats at about 0.3 times what one H100, two A100 and two L40S serve; deadlines of 8, 15 and 40 s.",
                new MixedWorkload(List.of(chat("chats", Optional.empty(), poisson(OFF_PEAK_RATE), priorities(0.2, 0.6, 0.2)))),
                new ScenarioFleet(concat(
                        ScenarioFleet.llms(1, CHAT_MODEL, "llama3-8b-h100", MAX_NUM_SEQS, H100_USD),
                        concat(
                                ScenarioFleet.llms(2, CHAT_MODEL, "llama3-8b-a100", MAX_NUM_SEQS, A100_USD),
                                ScenarioFleet.llms(2, CHAT_MODEL, "llama3-8b-l40s", MAX_NUM_SEQS, L40S_USD)))),
                SharedBy.PRIORITIES);
    }

    private static PoissonArrivals poisson(double ratePerSecond) {
        return new PoissonArrivals(ratePerSecond);
    }

    private Stream chat(String tenant, PoissonArrivals arrivals, Weighted<Priority> priorities) {
        return chat(tenant, Optional.of(tenant), arrivals, priorities);
    }

    private Stream chat(String name, Optional<String> tenant, PoissonArrivals arrivals, Weighted<Priority> priorities) {
        return chat(name, tenant, arrivals, arrivals.ratePerSecond(), priorities);
    }

    private Stream chat(
            String name, Optional<String> tenant, ArrivalProcess arrivals, double meanPerSecond, Weighted<Priority> priorities) {
        return new Stream(
                name,
                new WorkloadSpec(
                        arriving(arrivals, meanPerSecond),
                        Weighted.always(CHAT_MODEL),
                        priorities,
                        CHAT_PROMISES,
                        CHAT_PROMPT,
                        CHAT_OUTPUT,
                        tenant.map(StreamTraits.CHAT::of).orElse(StreamTraits.CHAT)));
    }

    /// As many requests as come in the scenario's length on average.
    private Load arriving(ArrivalProcess arrivals, double meanPerSecond) {
        long requests = Math.round(meanPerSecond * length.toNanos() / 1e9);
        return new Load.Open(arrivals, Extent.requests(Math.max(1, requests)));
    }

    private static Weighted<Priority> priorities(double high, double normal, double low) {
        var shares = new LinkedHashMap<Priority, Double>();
        shares.put(Priority.HIGH, high);
        shares.put(Priority.NORMAL, normal);
        shares.put(Priority.LOW, low);
        return Weighted.of(shares);
    }

    private static List<Member> concat(List<Member> first, List<Member> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
