package io.sagebench.benchmark.config;

import io.sagebench.request.RequestType;
import io.sagebench.workload.LengthChoice;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.Lengths;
import io.sagebench.workload.PromptPool;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.StreamTraits;
import io.sagebench.workload.Weighted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What kinds of requests a load is made of: chats only, or in hybrid mode chats, prompts to complete and texts to embed.
final class KindsChoice {
    private static final String LLM = "llm";
    private static final String HYBRID = "hybrid";
    private static final int MOST_TEXTS = 2_048;

    /// What has an effect in hybrid mode only, as options.
    private static final List<Setting> HYBRID_ONLY = List.of(
            Setting.LLM_RATIO,
            Setting.EMBEDDING_RATIO,
            Setting.GENERATE_RATIO,
            Setting.EMBEDDING_MODEL,
            Setting.EMBEDDING_BATCH_SIZES,
            Setting.EMBEDDING_TEXT_LEN_RANGE,
            Setting.EMBEDDING_DATASET);

    private final Values values;
    private final DeadlineChoice deadlines;
    private final Optional<PromptPool> prompts;
    private final Optional<PromptPool> texts;

    KindsChoice(Values values, DatasetChoice datasets) {
        this.values = values;
        this.prompts = datasets.prompts();
        this.texts = datasets.texts();
        this.deadlines = new DeadlineChoice(values);
    }

    Weighted<RequestKind> kinds() {
        boolean hybrid = isHybrid();
        double llmShare = llmShare();
        double generateShare = share(Setting.GENERATE_RATIO).orElse(Defaults.GENERATE_RATIO);
        RequestKind chats = prompts(RequestType.LLM_CHAT);
        RequestKind embeddings = embeddings(); // looked at in any mode, so that no mistake of a file waits for another mode
        if (!hybrid) {
            refuseWhatIsForHybrid();
            return Weighted.always(chats);
        }
        var shares = new LinkedHashMap<RequestKind, Double>();
        shares.put(chats, llmShare * (1 - generateShare));
        shares.put(prompts(RequestType.LLM_GENERATE), llmShare * generateShare);
        shares.put(embeddings, 1 - llmShare);
        return Weighted.of(shares);
    }

    private boolean isHybrid() {
        Optional<String> mode = values.text(Setting.MODE);
        if (mode.isPresent() && !mode.get().equals(LLM) && !mode.get().equals(HYBRID)) {
            values.problem(
                    values.origin(Setting.MODE).orElseThrow(),
                    "must be llm or hybrid, but is '" + mode.get() + "'" + DidYouMean.hint(List.of(LLM, HYBRID), mode.get()));
        }
        return mode.map(HYBRID::equals).orElse(false);
    }

    /// Either ratio gives the other; with both, they sum to 1.
    private double llmShare() {
        Optional<Double> llm = share(Setting.LLM_RATIO);
        Optional<Double> embedding = share(Setting.EMBEDDING_RATIO);
        if (llm.isPresent() && embedding.isPresent() && Math.abs(llm.get() + embedding.get() - 1) > Weighted.SUM_TOLERANCE
                && rank(Setting.LLM_RATIO) == rank(Setting.EMBEDDING_RATIO)) {
            values.sentence(
                    values.origin(Setting.EMBEDDING_RATIO).orElseThrow(),
                    "llm_ratio and embedding_ratio must sum to 1, but are " + llm.get() + " and " + embedding.get()
                            + "; one of them is enough");
        }
        if (llm.isPresent() && (embedding.isEmpty() || rank(Setting.LLM_RATIO) <= rank(Setting.EMBEDDING_RATIO))) {
            return llm.get();
        }
        return embedding.map(share -> 1 - share).orElse(Defaults.LLM_RATIO);
    }

    private Optional<Double> share(Setting setting) {
        return values.given(setting)
                .flatMap(value -> values.numberAs(value, "a share from 0 to 1", number -> number >= 0 && number <= 1));
    }

    private RequestKind prompts(RequestType type) {
        Map<String, Double> models = values.shares(Setting.MODEL_DISTRIBUTION).orElse(Map.of(Defaults.ANY_MODEL, 1.0));
        return new RequestKind(
                type.wireName(),
                Weighted.of(models),
                deadlines.ofPrompts(),
                range(Setting.PROMPT_LEN_RANGE, new LengthRange(Defaults.SHORTEST_PROMPT, Defaults.LONGEST_PROMPT)),
                range(Setting.OUTPUT_LEN_RANGE, new LengthRange(Defaults.SHORTEST_OUTPUT, Defaults.LONGEST_OUTPUT)),
                StreamTraits.prompts(type),
                prompts);
    }

    private RequestKind embeddings() {
        var characters = range(
                Setting.EMBEDDING_TEXT_LEN_RANGE, new LengthRange(Defaults.SHORTEST_TEXT, Defaults.LONGEST_TEXT));
        return new RequestKind(
                RequestType.EMBEDDING.wireName(),
                Weighted.always(values.text(Setting.EMBEDDING_MODEL).orElse(Defaults.EMBEDDING_MODEL)),
                deadlines.ofTexts(),
                new LengthRange(tokens(characters.min()), tokens(characters.max())),
                new LengthRange(1, 1),
                StreamTraits.embeddings(batchSizes()),
                texts);
    }

    private Lengths batchSizes() {
        var sizes = new ArrayList<Integer>();
        for (Given item : values.list(Setting.EMBEDDING_BATCH_SIZES).orElse(List.of())) {
            values.whole(item, 1, MOST_TEXTS).ifPresent(sizes::add);
        }
        return new LengthChoice(sizes.isEmpty() ? Defaults.EMBEDDING_BATCH_SIZES : sizes);
    }

    private LengthRange range(Setting setting, LengthRange otherwise) {
        return values.range(setting)
                .map(ends -> new LengthRange(ends.getFirst(), ends.getLast()))
                .orElse(otherwise);
    }

    /// Our texts have four characters a token.
    private static int tokens(int characters) {
        return Math.max(1, Math.ceilDiv(characters, 4));
    }

    /// An option that would do nothing is a mistake; in a file it may serve runs in the other mode.
    private void refuseWhatIsForHybrid() {
        for (Setting setting : HYBRID_ONLY) {
            if (values.origin(setting).orElse(null) instanceof Origin.Option option) {
                values.problem(option, "has no effect without --mode hybrid");
            }
        }
    }

    private int rank(Setting setting) {
        return values.origin(setting).map(Origin::rank).orElse(Integer.MAX_VALUE);
    }
}
