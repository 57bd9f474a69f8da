package io.sagebench.inference.tiny;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tokenizer of a tiny model, trained on the prompts that ship with the program.
final class TinyTokenizer {
    private static final Path PROMPTS = Path.of("../benchmark/src/main/resources/io/sagebench/benchmark/data/prompts");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BpeTrainer bpe;
    private final List<String> specials;
    private final int size;

    /// @param size     tokens in all
    /// @param specials the last of them
    TinyTokenizer(int size, List<String> specials) {
        this.size = size;
        this.specials = specials;
        this.bpe = new BpeTrainer(texts(), size - BpeTrainer.BYTES - specials.size());
    }

    int size() {
        return size;
    }

    /// Whether a token is text by itself: whole characters, and none that controls a terminal.
    boolean isText(int token) {
        if (token >= bpe.vocabulary().size()) {
            return false;
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(BpeTrainer.bytes(bpe.vocabulary().get(token))))
                    .chars()
                    .allMatch(character -> character == '\n' || !Character.isISOControl(character));
        } catch (CharacterCodingException partOfACharacter) {
            return false;
        }
    }

    /// `tokenizer.json`.
    Map<String, Object> toFile() {
        var vocabulary = new LinkedHashMap<String, Integer>();
        bpe.vocabulary().forEach(token -> vocabulary.put(token, vocabulary.size()));
        var added = new ArrayList<Map<String, Object>>();
        for (String special : specials) {
            var token = new LinkedHashMap<String, Object>();
            token.put("id", vocabulary.size());
            token.put("content", special);
            for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                token.put(flag, false);
            }
            token.put("special", true);
            added.add(token);
            vocabulary.put(special, vocabulary.size());
        }
        var model = new LinkedHashMap<String, Object>();
        model.put("type", "BPE");
        model.put("vocab", vocabulary);
        model.put("merges", bpe.merges());
        var tokenizer = new LinkedHashMap<String, Object>();
        tokenizer.put("version", "1.0");
        tokenizer.put("added_tokens", added);
        tokenizer.put("pre_tokenizer", byteLevel());
        tokenizer.put("post_processor", specials.contains("[CLS]") ? clsAndSep() : byteLevel());
        tokenizer.put("decoder", byteLevel());
        tokenizer.put("model", model);
        return tokenizer;
    }

    private static Map<String, Object> byteLevel() {
        var part = new LinkedHashMap<String, Object>();
        part.put("type", "ByteLevel");
        part.put("add_prefix_space", false);
        part.put("trim_offsets", true);
        part.put("use_regex", true);
        return part;
    }

    private Map<String, Object> clsAndSep() {
        int cls = bpe.vocabulary().size() + specials.indexOf("[CLS]");
        var tokens = new LinkedHashMap<String, Object>();
        tokens.put("[CLS]", special("[CLS]", cls));
        tokens.put("[SEP]", special("[SEP]", cls + 1));
        var part = new LinkedHashMap<String, Object>();
        part.put("type", "TemplateProcessing");
        part.put("single", List.of(piece("SpecialToken", "[CLS]"), piece("Sequence", "A"), piece("SpecialToken", "[SEP]")));
        part.put("pair", List.of(piece("SpecialToken", "[CLS]"), piece("Sequence", "A"), piece("SpecialToken", "[SEP]"), piece("Sequence", "B")));
        part.put("special_tokens", tokens);
        return part;
    }

    private static Map<String, Object> special(String text, int id) {
        var token = new LinkedHashMap<String, Object>();
        token.put("id", text);
        token.put("ids", List.of(id));
        token.put("tokens", List.of(text));
        return token;
    }

    private static Map<String, Object> piece(String kind, String id) {
        var inner = new LinkedHashMap<String, Object>();
        inner.put("id", id);
        inner.put("type_id", 0);
        return Map.of(kind, inner);
    }

    private static List<String> texts() {
        var texts = new ArrayList<String>();
        try {
            for (String file : List.of("llm_prompts.jsonl", "embed_texts.jsonl")) {
                for (String line : Files.readAllLines(PROMPTS.resolve(file), UTF_8)) {
                    JsonNode entry = JSON.readTree(line);
                    for (String field : List.of("system_prompt", "prompt", "text")) {
                        if (entry.has(field)) {
                            texts.add(entry.get(field).stringValue());
                        }
                    }
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return texts;
    }
}
