package io.sagebench.inference.tiny;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sagebench.inference.tiny.TinyShape.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// Makes the folders of the tiny models, file by file, always the same. Run it to write those that ship:
///
///     java -cp ... io.sagebench.inference.tiny.TinyModels [FOLDER [HIDDEN]]
///
/// Without arguments, from the module's folder, it writes `decoder` and `encoder` of the module's resources; else a decoder of another width.
public final class TinyModels {
    /// Where the ones that ship stand, from the module's folder.
    static final Path SHIPPED = Path.of("src/main/resources/io/sagebench/inference/tiny");

    static final int VOCABULARY = 1024;
    static final long SEED = 20260101;

    private static final String END_OF_TEXT = "<|endoftext|>";
    private static final int PAD = VOCABULARY - 3;
    private static final TinyTokenizer DECODER_TOKENIZER = new TinyTokenizer(VOCABULARY, List.of(END_OF_TEXT));
    private static final TinyTokenizer ENCODER_TOKENIZER = new TinyTokenizer(VOCABULARY, List.of("[PAD]", "[CLS]", "[SEP]"));
    private static final String CHAT_TEMPLATE = "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}"
            + "{% if add_generation_prompt %}assistant:{% endif %}";
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final ObjectWriter PRETTY = JSON.writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private TinyModels() {}

    /// Writes what ships, or a decoder of another width.
    ///
    /// @param args nothing, or a folder and a width
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            write(decoder(TinyShape.DECODER), SHIPPED.resolve("decoder"));
            write(encoder(TinyShape.ENCODER), SHIPPED.resolve("encoder"));
            return;
        }
        int hidden = args.length > 1 ? Integer.parseInt(args[1]) : TinyShape.DECODER.hidden();
        write(decoder(TinyShape.DECODER.withHidden(hidden)), Path.of(args[0]));
    }

    /// Writes files by their paths within a folder.
    public static void write(Map<String, byte[]> files, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling("."));
            Files.write(path, file.getValue());
        }
    }

    /// The weights of a decoder, by their names in the graph.
    static Map<String, float[]> decoderWeights(TinyShape shape) {
        return TinyDecoder.make(shape, DECODER_TOKENIZER, SEED).weights();
    }

    /// The weights of an encoder, by their names in the graph.
    static Map<String, float[]> encoderWeights(TinyShape shape) {
        return TinyEncoder.make(shape, VOCABULARY, SEED).weights();
    }

    /// The files of a decoder.
    public static Map<String, byte[]> decoder(TinyShape shape) {
        var files = new LinkedHashMap<String, byte[]>();
        var config = new LinkedHashMap<String, Object>();
        config.put("architectures", List.of("GPT2LMHeadModel"));
        config.put("model_type", "gpt2");
        config.put("activation_function", "gelu_new");
        config.put("n_embd", shape.hidden());
        config.put("n_head", shape.heads());
        if (shape.kvHeads() != shape.heads()) {
            config.put("num_key_value_heads", shape.kvHeads());
        }
        config.put("n_layer", shape.layers());
        config.put("n_positions", shape.positions());
        config.put("layer_norm_epsilon", TinyDecoder.EPSILON);
        config.put("tie_word_embeddings", false);
        config.put("vocab_size", VOCABULARY);
        config.put("bos_token_id", VOCABULARY - 1);
        config.put("eos_token_id", VOCABULARY - 1);
        files.put("config.json", json(config));
        files.put("generation_config.json", json(Map.of("eos_token_id", VOCABULARY - 1)));
        files.put("tokenizer.json", json(DECODER_TOKENIZER.toFile()));
        var tokenizerConfig = new LinkedHashMap<String, Object>();
        tokenizerConfig.put("tokenizer_class", "GPT2TokenizerFast");
        tokenizerConfig.put("model_max_length", shape.positions());
        tokenizerConfig.put("bos_token", END_OF_TEXT);
        tokenizerConfig.put("eos_token", END_OF_TEXT);
        tokenizerConfig.put("unk_token", END_OF_TEXT);
        tokenizerConfig.put("chat_template", CHAT_TEMPLATE);
        files.put("tokenizer_config.json", json(tokenizerConfig));
        OnnxGraph graph = TinyDecoder.make(shape, DECODER_TOKENIZER, SEED);
        files.put(shape.cut() == Cut.MERGED ? "decoder_model_merged.onnx" : "model.onnx", graph.toModel());
        if (shape.cut() == Cut.EXTERNAL_WEIGHTS) {
            files.put("model.onnx_data", graph.externalBytes());
        }
        return files;
    }

    /// The files of a text encoder with mean pooling and normalised embeddings.
    public static Map<String, byte[]> encoder(TinyShape shape) {
        var files = new LinkedHashMap<String, byte[]>();
        var config = new LinkedHashMap<String, Object>();
        config.put("architectures", List.of("BertModel"));
        config.put("model_type", "bert");
        config.put("hidden_act", "gelu");
        config.put("hidden_size", shape.hidden());
        config.put("num_attention_heads", shape.heads());
        config.put("num_hidden_layers", shape.layers());
        config.put("intermediate_size", 4 * shape.hidden());
        config.put("max_position_embeddings", shape.positions());
        config.put("type_vocab_size", 2);
        config.put("layer_norm_eps", TinyEncoder.EPSILON);
        config.put("pad_token_id", PAD);
        config.put("vocab_size", VOCABULARY);
        files.put("config.json", json(config));
        files.put("tokenizer.json", json(ENCODER_TOKENIZER.toFile()));
        var tokenizerConfig = new LinkedHashMap<String, Object>();
        tokenizerConfig.put("tokenizer_class", "PreTrainedTokenizerFast");
        tokenizerConfig.put("model_max_length", shape.positions());
        tokenizerConfig.put("pad_token", "[PAD]");
        tokenizerConfig.put("cls_token", "[CLS]");
        tokenizerConfig.put("sep_token", "[SEP]");
        files.put("tokenizer_config.json", json(tokenizerConfig));
        var pooling = new LinkedHashMap<String, Object>();
        pooling.put("word_embedding_dimension", shape.hidden());
        pooling.put("pooling_mode_cls_token", false);
        pooling.put("pooling_mode_mean_tokens", true);
        files.put("1_Pooling/config.json", json(pooling));
        files.put("modules.json", json(List.of(module(0, "", "Transformer"), module(1, "1_Pooling", "Pooling"), module(2, "2_Normalize", "Normalize"))));
        files.put("model.onnx", TinyEncoder.make(shape, VOCABULARY, SEED).toModel());
        return files;
    }

    private static Map<String, Object> module(int index, String path, String type) {
        var module = new LinkedHashMap<String, Object>();
        module.put("idx", index);
        module.put("name", Integer.toString(index));
        module.put("path", path);
        module.put("type", "sentence_transformers.models." + type);
        return module;
    }

    private static byte[] json(Object value) {
        return (PRETTY.writeValueAsString(value) + "\n").getBytes(UTF_8);
    }
}
