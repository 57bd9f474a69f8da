package io.sagebench.workload;

import io.sagebench.engine.PromptContent;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a prompt is made of: gives its text when it is sent, and what it says to those who look for common beginnings without it.
public sealed interface PromptBody {
    /// The text, the same at each call; of several, the first.
    ///
    /// @param wording makes up what was not given
    /// @param type    of the request
    /// @param seed    of the request
    /// @param tokens  of the request
    String text(Wording wording, RequestType type, Seed seed, int tokens);

    /// What the system says before the text, if anything.
    default Optional<String> system() {
        return Optional.empty();
    }

    /// Equals that of another prompt where their texts are equal.
    ///
    /// @param id   of the request
    /// @param seed of the request
    PromptContent content(RequestId id, Seed seed);

    /// Words from the seed, see [PromptText].
    ///
    /// @param prefix how it begins, when others begin alike
    record Words(Optional<SharedPrefix> prefix) implements PromptBody {
        /// With nothing in common with other prompts.
        public static final Words OWN = new Words(Optional.empty());

        @Override
        public String text(Wording wording, RequestType type, Seed seed, int tokens) {
            if (prefix.isEmpty()) {
                return wording.text(type, List.of(new Wording.Part(seed, tokens)));
            }
            var shared = new Wording.Part(prefix.get().seed(), prefix.get().tokens());
            int own = tokens - shared.tokens();
            return wording.text(type, own == 0 ? List.of(shared) : List.of(shared, new Wording.Part(seed, own)));
        }

        @Override
        public PromptContent content(RequestId id, Seed seed) {
            return prefix.<PromptContent>map(shared -> new PrefixedContent(shared, seed)).orElseGet(() -> PromptContent.unshared(id));
        }
    }

    /// Texts of a dataset.
    ///
    /// @param rows which: one for a prompt, one for each text to embed
    record Rows(PromptPool pool, List<Long> rows) implements PromptBody {
        public Rows {
            rows = List.copyOf(rows);
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("there must be at least one text");
            }
        }

        @Override
        public String text(Wording wording, RequestType type, Seed seed, int tokens) {
            return text(0);
        }

        /// One of the texts.
        String text(int index) {
            return pool.text(rows.get(index));
        }

        @Override
        public Optional<String> system() {
            return pool.system(rows.getFirst());
        }

        @Override
        public PromptContent content(RequestId id, Seed seed) {
            return PromptContent.ofText(system().orElse("") + text(0));
        }
    }

    /// What was said in a conversation up to here: messages and answers by turns, each words from a seed.
    ///
    /// @param parts at least one
    record Turns(List<Part> parts) implements PromptBody {
        public Turns {
            parts = List.copyOf(parts);
        }

        /// One message or answer.
        ///
        /// @param tokens at least 1
        public record Part(Seed seed, int tokens) {}

        /// Of all together.
        int tokens() {
            return Math.toIntExact(parts.stream().mapToLong(Part::tokens).sum());
        }

        @Override
        public String text(Wording wording, RequestType type, Seed seed, int tokens) {
            return wording.text(type, parts.stream().map(part -> new Wording.Part(part.seed(), part.tokens())).toList());
        }

        @Override
        public PromptContent content(RequestId id, Seed seed) {
            return new TurnsContent(parts);
        }
    }

    /// Blocks of words, each of which belongs to an id: prompts are equal where their ids are. After the last block come words from the seed.
    ///
    /// @param trace which has them
    /// @param index the request of the trace
    record Blocks(Trace trace, int index) implements PromptBody {
        @Override
        public String text(Wording wording, RequestType type, Seed seed, int tokens) {
            var parts = new ArrayList<Wording.Part>();
            int size = trace.blockTokens();
            int done = 0;
            for (int i = 0; i < trace.blocks(index) && done < tokens; i++) {
                int length = Math.min(size, tokens - done);
                parts.add(new Wording.Part(seedOf(trace.block(index, i)), length));
                done += length;
            }
            if (done < tokens) {
                parts.add(new Wording.Part(seed, tokens - done));
            }
            return wording.text(type, parts);
        }

        private static Seed seedOf(long block) {
            return new Seed(block).child("block");
        }

        @Override
        public PromptContent content(RequestId id, Seed seed) {
            return new BlocksContent(this, seed);
        }
    }
}
