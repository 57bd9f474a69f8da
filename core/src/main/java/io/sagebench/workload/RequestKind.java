package io.sagebench.workload;

import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// One of the kinds of requests a load is made of.
///
/// @param name          stable: where there are several kinds, each draws from a part of the seed that belongs to its name
/// @param models        which model each asks for
/// @param serviceLevels what each priority is promised
/// @param promptLength  lengths of the prompts, or of each text to embed, in tokens; a trace brings those of prompts itself
/// @param outputLength  lengths of the answers in tokens; a trace brings its own; not used for embeddings
/// @param traits        what they have in common beside that
/// @param pool          the prompts or texts they are taken from, instead of made-up ones; brings their lengths
public record RequestKind(
        String name,
        Weighted<String> models,
        Map<Priority, ServiceLevel> serviceLevels,
        Lengths promptLength,
        Lengths outputLength,
        StreamTraits traits,
        Optional<PromptPool> pool) {
    public RequestKind {
        Check.notBlank(name, "the name of a kind");
        if (pool.isPresent() && traits.prefixes().isPresent()) {
            throw new IllegalArgumentException("given prompts begin as they do, not with shared prefixes");
        }
        serviceLevels = Collections.unmodifiableMap(new EnumMap<>(serviceLevels));
    }

    /// With made-up prompts or texts.
    public RequestKind(
            String name,
            Weighted<String> models,
            Map<Priority, ServiceLevel> serviceLevels,
            Lengths promptLength,
            Lengths outputLength,
            StreamTraits traits) {
        this(name, models, serviceLevels, promptLength, outputLength, traits, Optional.empty());
    }

    /// What kind of answer they want.
    public RequestType type() {
        return traits.type();
    }
}
