package io.sagebench.engine.sim.embedding;

import io.sagebench.engine.sim.embedding.EmbeddingProfile.BatchTime;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.Batching;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The embedding profiles that ship. None was fitted to a measurement: their times follow from the dimensions in the models' configurations and
/// the data sheets of the cards, by the rules that the engine profiles use:
///
///  -  reading the weights: `weight bytes / (share * bandwidth)`, during which [#FREE_TOKENS] tokens are computed anyway;
///  -  one token: `2 * linear parameters / (share * peak)`;
///  -  one query-key pair: `4 * layers * heads * head_dim / (share * peak)`, and half of it for a model that only looks back.
///
/// Limits are the defaults of text-embeddings-inference: 16,384 tokens a batch, no padding on GPUs (flash attention); on a CPU, padding and 4
/// texts a batch. That 4,096 texts may be in the server is ours: it counts requests, which have up to 2,048 texts here.
public final class EmbeddingProfiles {
    /// Tokens up to which a GPU is bound by reading the weights; between what profiles of 7B models show on A100 and H100.
    static final double FREE_TOKENS = 96;

    private static final int MAX_BATCH_TOKENS = 16_384;
    private static final int MAX_CONCURRENT_REQUESTS = 4_096;
    /// Launching the kernels of a batch: a guess.
    private static final double LAUNCH_MILLIS = 1;
    /// Tokenising a text and one HTTP exchange in a native server: a guess.
    private static final long API_NANOS = 1_000_000;

    private static final Encoder BGE_M3 = Encoder.bert("bge-m3", 24, 1024, 4096, 8192);
    private static final Encoder BGE_LARGE_EN = Encoder.bert("bge-large-en", 24, 1024, 4096, 512);
    /// Mistral-7B: 32 query heads, 8 key-value heads, gated MLP; its authors advise at most 4,096 tokens.
    private static final Encoder E5_MISTRAL = new Encoder(
            "e5-mistral-7b", 32, 4096, 32 * (2.0 * 4096 * 4096 + 2.0 * 4096 * 1024 + 3.0 * 4096 * 14_336), 4096, 0.5, 4096);
    private static final Encoder MINILM_L6 = Encoder.bert("minilm-l6", 6, 384, 1536, 256);

    /// What the models are called where they are published, by our label.
    private static final Map<String, String> PUBLISHED_AS = Map.of(
            "bge-m3", "BAAI/bge-m3",
            "bge-large-en", "BAAI/bge-large-en",
            "e5-mistral-7b", "intfloat/e5-mistral-7b-instruct",
            "minilm-l6", "sentence-transformers/all-MiniLM-L6-v2");

    private static final Device A100 = new Device("a100", 312, 2.04, 0.66, 0.45, 0.68);
    private static final Device H100 = new Device("h100", 989, 3.35, 0.66, 0.30, 0.68);
    private static final Device L40S = new Device("l40s", 362, 0.864, 0.45, 0.35, 0.80);
    /// A server CPU of 16 cores with AVX-512 at 2.5 GHz computes 16 * 2.5 * 64 = 2,560 GFLOP/s in float32; memory at 0.15 TB/s. The shares are
    /// guesses.
    private static final Device CPU = new Device("cpu", 2.56, 0.15, 0.40, 0.15, 0.60);

    private static final List<EmbeddingProfile> ALL = List.of(
            onGpu(BGE_M3, A100),
            onGpu(BGE_M3, H100),
            onGpu(BGE_M3, L40S),
            onGpu(BGE_LARGE_EN, A100),
            onGpu(BGE_LARGE_EN, H100),
            onGpu(E5_MISTRAL, A100),
            onGpu(E5_MISTRAL, H100),
            onCpu(MINILM_L6));

    private EmbeddingProfiles() {}

    /// The profile of that name, if it ships.
    public static Optional<EmbeddingProfile> named(String name) {
        return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /// All of them.
    public static List<EmbeddingProfile> all() {
        return ALL;
    }

    /// The names that clients use for the model of a profile: its own, and the one it is published under when it is one of ours.
    public static Set<String> namesOfModel(EmbeddingProfile profile) {
        String published = PUBLISHED_AS.get(profile.model());
        return published == null ? Set.of(profile.model()) : Set.of(profile.model(), published);
    }

    private static EmbeddingProfile onGpu(Encoder encoder, Device device) {
        return profile(
                encoder, device, 2, FREE_TOKENS, new Batching(MAX_BATCH_TOKENS, 512, encoder.maxModelLen, MAX_CONCURRENT_REQUESTS, false, 0));
    }

    private static EmbeddingProfile onCpu(Encoder encoder) {
        return profile(
                encoder, CPU, 4, 0, new Batching(MAX_BATCH_TOKENS, 4, encoder.maxModelLen, MAX_CONCURRENT_REQUESTS, true, 0));
    }

    private static EmbeddingProfile profile(
            Encoder encoder, Device device, int bytesPerWeight, double freeTokens, Batching batching) {
        double weightsMillis = encoder.linearParameters * bytesPerWeight / (device.weightShare * device.terabytesPerSecond * 1e12) * 1e3;
        double tokenMicros = 2 * encoder.linearParameters / (device.linearShare * device.teraflops * 1e12) * 1e6;
        double pairNanos = 4.0 * encoder.layers * encoder.hidden * encoder.pairShare / (device.attentionShare * device.teraflops * 1e12) * 1e9;
        return new EmbeddingProfile(
                encoder.label + "-" + device.label,
                encoder.label,
                encoder.dimensions,
                new BatchTime(LAUNCH_MILLIS + weightsMillis, freeTokens, tokenMicros, pairNanos),
                batching,
                API_NANOS);
    }

    /// @param hidden           width of the attention, heads times head size
    /// @param linearParameters weights of the layers, without the vocabulary's
    /// @param pairShare        share of all query-key pairs that it computes: 1, or 1/2 when tokens only look back
    private record Encoder(
            String label, int layers, int hidden, double linearParameters, int dimensions, double pairShare, int maxModelLen) {
        static Encoder bert(String label, int layers, int hidden, int intermediate, int maxModelLen) {
            double parameters = layers * (4.0 * hidden * hidden + 2.0 * hidden * intermediate);
            return new Encoder(label, layers, hidden, parameters, hidden, 1, maxModelLen);
        }
    }

    /// Data-sheet peaks, and the shares of them that kernels reach.
    private record Device(
            String label, double teraflops, double terabytesPerSecond, double linearShare, double attentionShare, double weightShare) {}
}
