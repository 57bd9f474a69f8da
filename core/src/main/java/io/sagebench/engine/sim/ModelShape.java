package io.sagebench.engine.sim;

import io.sagebench.request.Check;
import java.util.List;
import java.util.Optional;

/// The dimensions of a dense decoder with gated feed-forward layers in bf16, as a `config.json` of Hugging Face has them. Mixtures of experts
/// and quantised weights are not modelled.
///
/// @param name           short, for profile names, for example `llama3-8b`
/// @param layers         `num_hidden_layers`
/// @param hidden         `hidden_size`
/// @param intermediate   `intermediate_size`
/// @param attention      its heads
/// @param vocabulary     `vocab_size`
/// @param tiedEmbeddings whether the output layer is the embedding (`tie_word_embeddings`)
/// @param maxModelLen    the longest context in tokens (`max_position_embeddings`, or what is usual to serve)
public record ModelShape(
        String name,
        int layers,
        int hidden,
        int intermediate,
        Attention attention,
        int vocabulary,
        boolean tiedEmbeddings,
        int maxModelLen) {
    /// Bytes of one number in bf16.
    static final int BYTES = 2;

    private static final List<ModelShape> KNOWN = List.of(
            new ModelShape("llama2-7b", 32, 4096, 11_008, new Attention(32, 32, 128), 32_000, false, 4096),
            new ModelShape("llama2-13b", 40, 5120, 13_824, new Attention(40, 40, 128), 32_000, false, 4096),
            new ModelShape("llama2-70b", 80, 8192, 28_672, new Attention(64, 8, 128), 32_000, false, 4096),
            new ModelShape("codellama-34b", 48, 8192, 22_016, new Attention(64, 8, 128), 32_000, false, 16_384),
            new ModelShape("llama3-8b", 32, 4096, 14_336, new Attention(32, 8, 128), 128_256, false, 32_768),
            new ModelShape("llama3-70b", 80, 8192, 28_672, new Attention(64, 8, 128), 128_256, false, 32_768),
            new ModelShape("llama3.1-8b", 32, 4096, 14_336, new Attention(32, 8, 128), 128_256, false, 131_072),
            new ModelShape("llama3.1-70b", 80, 8192, 28_672, new Attention(64, 8, 128), 128_256, false, 131_072),
            new ModelShape("llama3.2-1b", 16, 2048, 8192, new Attention(32, 8, 64), 128_256, true, 131_072),
            new ModelShape("llama3.2-3b", 28, 3072, 8192, new Attention(24, 8, 128), 128_256, true, 131_072),
            new ModelShape("mistral-7b", 32, 4096, 14_336, new Attention(32, 8, 128), 32_000, false, 32_768),
            new ModelShape("qwen2.5-0.5b", 24, 896, 4864, new Attention(14, 2, 64), 151_936, true, 32_768),
            new ModelShape("qwen2.5-1.5b", 28, 1536, 8960, new Attention(12, 2, 128), 151_936, true, 32_768),
            new ModelShape("qwen2.5-3b", 36, 2048, 11_008, new Attention(16, 2, 128), 151_936, true, 32_768),
            new ModelShape("qwen2.5-7b", 28, 3584, 18_944, new Attention(28, 4, 128), 152_064, false, 32_768),
            new ModelShape("qwen2.5-14b", 48, 5120, 13_824, new Attention(40, 8, 128), 152_064, false, 32_768),
            new ModelShape("qwen2.5-32b", 64, 5120, 27_648, new Attention(40, 8, 128), 152_064, false, 32_768),
            new ModelShape("qwen2.5-72b", 80, 8192, 29_568, new Attention(64, 8, 128), 152_064, false, 32_768),
            new ModelShape("qwen3-8b", 36, 4096, 12_288, new Attention(32, 8, 128), 151_936, false, 40_960),
            new ModelShape("qwen3-14b", 40, 5120, 17_408, new Attention(40, 8, 128), 151_936, false, 40_960),
            new ModelShape("qwen3-32b", 64, 5120, 25_600, new Attention(64, 8, 128), 151_936, false, 40_960));

    public ModelShape {
        Check.notBlank(name, "name");
        Check.atLeast(1, layers, "layers");
        Check.atLeast(1, hidden, "hidden");
        Check.atLeast(1, intermediate, "intermediate");
        Check.atLeast(1, vocabulary, "vocabulary");
        Check.atLeast(2, maxModelLen, "max_model_len");
    }

    /// The heads of an attention layer.
    ///
    /// @param heads   `num_attention_heads`
    /// @param kvHeads `num_key_value_heads`, a divisor of the heads
    /// @param headDim `head_dim`
    public record Attention(int heads, int kvHeads, int headDim) {
        public Attention {
            Check.atLeast(1, heads, "heads");
            Check.atLeast(1, kvHeads, "kv_heads");
            Check.atLeast(1, headDim, "head_dim");
            if (heads % kvHeads != 0) {
                throw new IllegalArgumentException("kv_heads must divide the " + heads + " heads, but was " + kvHeads);
            }
        }
    }

    /// Those that are known.
    public static List<ModelShape> known() {
        return KNOWN;
    }

    /// The one of that name.
    public static Optional<ModelShape> named(String name) {
        return KNOWN.stream().filter(shape -> shape.name.equals(name)).findFirst();
    }

    /// Parameters of the linear layers: queries and output, keys and values, and the three of the gated feed-forward, in each layer.
    public long linearParameters() {
        long queriesAndOutput = 2L * hidden * attention.heads() * attention.headDim();
        long keysAndValues = 2L * hidden * attention.kvHeads() * attention.headDim();
        return layers * (queriesAndOutput + keysAndValues + 3L * hidden * intermediate);
    }

    /// Bytes of all weights.
    public long weightBytes() {
        long embeddings = (long) vocabulary * hidden * (tiedEmbeddings ? 1 : 2);
        return (linearParameters() + embeddings) * BYTES;
    }

    /// Bytes of KV cache of one token on one of `gpus` GPUs: keys and values of the heads it has, at least one.
    long kvBytesPerToken(int gpus) {
        int headsEach = Math.ceilDiv(attention.kvHeads(), gpus);
        return 2L * layers * headsEach * attention.headDim() * BYTES;
    }

    /// Whether its linear layers are of the same size, so that what was measured of the one holds for the other.
    boolean hasTheLinearLayersOf(ModelShape other) {
        return layers == other.layers
                && hidden == other.hidden
                && intermediate == other.intermediate
                && attention.equals(other.attention);
    }
}
