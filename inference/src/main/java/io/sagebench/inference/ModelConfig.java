package io.sagebench.inference;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the JSON files of a model say.
///
/// @param contextTokens the longest context; absent when not said
/// @param eosTokens     tokens that end an answer
/// @param kvHeads       heads of keys and values; absent when not said
/// @param headSize      numbers per head; absent when not said
/// @param chatTemplate  the template for chats; absent when there is none
/// @param specialTokens texts of special tokens by their names
/// @param pooling       how an encoder's vectors become one
/// @param tokens        tokens of its tokenizer: one more than the highest
/// @param vocabulary    tokens that the model knows; absent when not said
/// @param longestText   the most tokens that the tokenizer's makers give the model; absent when not said
record ModelConfig(
        OptionalInt contextTokens,
        Set<Integer> eosTokens,
        OptionalInt kvHeads,
        OptionalInt headSize,
        Optional<String> chatTemplate,
        Map<String, String> specialTokens,
        Pooling pooling,
        int tokens,
        OptionalInt vocabulary,
        OptionalInt longestText) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> CONTEXT_NAMES =
            List.of("max_position_embeddings", "n_positions", "max_sequence_length", "max_seq_len", "n_ctx", "seq_length");

    static ModelConfig read(ModelFiles files) throws IOException {
        JsonNode whole = json(files, "config.json");
        JsonNode config = whole.has("text_config") ? whole.get("text_config") : whole;
        JsonNode generation = json(files, "generation_config.json");
        JsonNode tokenizer = json(files, "tokenizer_config.json");
        OptionalInt heads = number(config, List.of("num_attention_heads", "n_head", "num_heads"));
        OptionalInt kvHeads = number(config, List.of("num_key_value_heads", "num_kv_heads"));
        OptionalInt hidden = number(config, List.of("hidden_size", "n_embd", "d_model"));
        OptionalInt headSize = number(config, List.of("head_dim"));
        if (headSize.isEmpty() && heads.isPresent() && hidden.isPresent() && heads.getAsInt() > 0) {
            headSize = OptionalInt.of(hidden.getAsInt() / heads.getAsInt());
        }
        Set<Integer> eos = numbers(generation.path("eos_token_id"));
        return new ModelConfig(
                number(config, CONTEXT_NAMES),
                eos.isEmpty() ? numbers(config.path("eos_token_id")) : eos,
                kvHeads.isPresent() ? kvHeads : heads,
                headSize,
                chatTemplate(files, tokenizer),
                specialTokens(tokenizer),
                Pooling.read(json(files, "1_Pooling/config.json"), json(files, "modules.json")),
                countTokens(json(files, "tokenizer.json")),
                number(config, List.of("vocab_size")),
                number(tokenizer, List.of("model_max_length")));
    }

    /// What a file holds, or an empty node when there is none.
    private static JsonNode json(ModelFiles files, String file) throws IOException {
        Optional<byte[]> bytes = files.read(file);
        try {
            return bytes.isEmpty() ? JSON.createObjectNode() : JSON.readTree(bytes.get());
        } catch (JacksonException broken) {
            throw new UnusableModelException(files.place(file) + " is no JSON: " + broken.getOriginalMessage()
                    + ". It may have been cut off; get it again", broken);
        }
    }

    private static OptionalInt number(JsonNode config, List<String> names) {
        for (String name : names) {
            if (config.path(name).isInt()) {
                return OptionalInt.of(config.get(name).intValue());
            }
        }
        return OptionalInt.empty();
    }

    /// One number or a list of them.
    private static Set<Integer> numbers(JsonNode node) {
        var numbers = new LinkedHashSet<Integer>();
        if (node.isInt()) {
            numbers.add(node.intValue());
        }
        for (JsonNode entry : node) {
            if (entry.isInt()) {
                numbers.add(entry.intValue());
            }
        }
        return numbers;
    }

    /// A file of its own, or a field of the tokenizer's configuration: a text, or several with names.
    private static Optional<String> chatTemplate(ModelFiles files, JsonNode tokenizer) throws IOException {
        Optional<byte[]> file = files.read("chat_template.jinja");
        if (file.isPresent()) {
            return Optional.of(new String(file.get(), java.nio.charset.StandardCharsets.UTF_8));
        }
        JsonNode template = tokenizer.path("chat_template");
        for (JsonNode named : template) {
            if (named.path("name").asString("").equals("default")) {
                return Optional.of(named.path("template").asString(""));
            }
        }
        return template.isString() ? Optional.of(template.stringValue()) : Optional.empty();
    }

    private static Map<String, String> specialTokens(JsonNode tokenizer) {
        var tokens = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> field : tokenizer.properties()) {
            JsonNode value = field.getValue().isObject() ? field.getValue().path("content") : field.getValue();
            if (field.getKey().endsWith("_token") && value.isString()) {
                tokens.put(field.getKey(), value.stringValue());
            }
        }
        return tokens;
    }

    private static int countTokens(JsonNode tokenizer) {
        int highest = -1;
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isArray()) {
            highest = vocabulary.size() - 1; // Unigram: the place is the number
        } else {
            for (JsonNode number : vocabulary) {
                highest = Math.max(highest, number.asInt(-1));
            }
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            highest = Math.max(highest, added.path("id").asInt(-1));
        }
        return highest + 1;
    }
}
