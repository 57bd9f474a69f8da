package io.sagebench.benchmark;

import io.sagebench.live.client.ServerTokenizer;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestType;
import io.sagebench.request.Tokenizer;
import io.sagebench.workload.ExactPrompts;
import io.sagebench.workload.Wording;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// In which words prompts are made up so that they have the asked number of tokens: by the model's tokenizer, and by a sample that the server's own is
/// asked about. Made before a run; asks for some time.
///
/// @param wording of prompts
/// @param notes   what was found, for people
record PromptTuning(Wording wording, List<String> notes) {
    private static final int[] SAMPLED_LENGTHS = {16, 64, 200};

    PromptTuning {
        notes = List.copyOf(notes);
    }

    /// What a server says of its tokens.
    interface Server {

        /// How many tokens it makes of a request of that type with that text; absent when it does not say.
        OptionalInt count(RequestType type, String text);

        /// By its `/tokenize`.
        static Server of(ServerTokenizer tokenizer) {
            return (type, text) -> type == RequestType.LLM_CHAT ? tokenizer.countChat(text) : tokenizer.countPrompt(text);
        }
    }

    /// @param types     of the requests that will be sent
    /// @param tokenizer of the model, when it is at hand
    /// @param server    asked about a sample; absent when it does not matter
    static PromptTuning of(Set<RequestType> types, Optional<Tokenizer> tokenizer, Optional<Server> server) {
        var notes = new ArrayList<String>();
        Wording words = Wording.USUAL;
        if (tokenizer.isPresent()) {
            try {
                words = ExactPrompts.of(tokenizer.get());
            } catch (IllegalArgumentException impossible) {
                notes.add(impossible.getMessage() + "; they are made up as without it");
            }
        }
        return server.isEmpty() ? new PromptTuning(words, notes) : sampled(types, words, server.get(), notes);
    }

    private static PromptTuning sampled(Set<RequestType> types, Wording words, Server server, List<String> notes) {
        var around = new EnumMap<RequestType, Integer>(RequestType.class);
        for (RequestType type : types) {
            List<Integer> more = more(type, words, server);
            if (more.isEmpty()) {
                continue; // it does not say
            }
            if (more.stream().distinct().count() == 1 && more.getFirst() >= 0) {
                around.put(type, more.getFirst());
            } else {
                notes.add("the server's tokenizer counts " + more + " tokens more than asked in prompts of "
                        + List.of(SAMPLED_LENGTHS[0], SAMPLED_LENGTHS[1], SAMPLED_LENGTHS[2])
                        + " tokens (" + type.wireName() + "); give the model's tokenizer (--tokenizer) for prompts of exact length");
            }
        }
        around.values().removeIf(tokens -> tokens == 0);
        around.forEach((type, tokens) -> notes.add("the server counts " + tokens + " tokens around the text of each request (" + type.wireName()
                + "): prompts leave room for them"));
        return new PromptTuning(around.isEmpty() ? words : words.leavingRoomFor(Map.copyOf(around)), notes);
    }

    /// How many tokens more the server counts than were asked, in each prompt of the sample; empty when it does not say.
    private static List<Integer> more(RequestType type, Wording words, Server server) {
        var more = new ArrayList<Integer>();
        for (int tokens : SAMPLED_LENGTHS) {
            OptionalInt counted = server.count(type, words.text(type, List.of(new Wording.Part(new Seed(tokens), tokens))));
            if (counted.isEmpty()) {
                return List.of();
            }
            more.add(counted.getAsInt() - tokens);
        }
        return more;
    }
}
