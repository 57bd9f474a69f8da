package io.sagebench.workload;

import io.sagebench.request.Check;
import io.sagebench.request.RequestType;
import java.util.Optional;

/// What the requests of a stream have in common beside times, models, priorities and lengths.
///
/// @param type     what kind of answers they want
/// @param tenant   who sends them, when said
/// @param sessions between how many sessions of that tenant they are divided by lot; 0 for none
/// @param prefixes how prompts begin, when some begin alike; not for embeddings
/// @param texts    how many texts a request brings to be embedded, each as long as a prompt of the stream; not used for prompts
public record StreamTraits(
        RequestType type, Optional<String> tenant, int sessions, Optional<SharedPrefixes> prefixes, Lengths texts) {
    /// Chats of nobody in particular whose prompts have nothing in common.
    public static final StreamTraits CHAT = prompts(RequestType.LLM_CHAT);

    public StreamTraits {
        Check.notNegative(sessions, "sessions");
        if (prefixes.isPresent() && !type.isGeneration()) {
            throw new IllegalArgumentException("prefixes are shared by prompts, not by texts to embed");
        }
    }

    /// Some prompts begin with one of several prefixes.
    ///
    /// @param share  the share of prompts that do, from 0 to 1
    /// @param groups how many prefixes there are, each equally likely; at least 1
    /// @param tokens how long each is, at least 1; the prompt's own part comes after it
    public record SharedPrefixes(double share, int groups, int tokens) {
        public SharedPrefixes {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("the share of prompts with a shared prefix must be from 0 to 1, but was " + share);
            }
            Check.atLeast(1, groups, "groups of prefixes");
            Check.atLeast(1, tokens, "tokens of a shared prefix");
        }
    }

    /// Prompts of nobody in particular that have nothing in common.
    ///
    /// @param type one that generates
    public static StreamTraits prompts(RequestType type) {
        return new StreamTraits(type, Optional.empty(), 0, Optional.empty(), new LengthRange(1, 1));
    }

    /// Embeddings of so many texts a request.
    public static StreamTraits embeddings(Lengths texts) {
        return new StreamTraits(RequestType.EMBEDDING, Optional.empty(), 0, Optional.empty(), texts);
    }

    /// The same from that tenant.
    public StreamTraits of(String name) {
        return new StreamTraits(type, Optional.of(name), sessions, prefixes, texts);
    }

    /// The same in so many sessions.
    public StreamTraits inSessions(int count) {
        return new StreamTraits(type, tenant, count, prefixes, texts);
    }

    /// The same with prompts that begin alike.
    public StreamTraits with(SharedPrefixes shared) {
        return new StreamTraits(type, tenant, sessions, Optional.of(shared), texts);
    }
}
