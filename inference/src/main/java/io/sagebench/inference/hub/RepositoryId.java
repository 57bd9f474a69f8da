package io.sagebench.inference.hub;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a repository on a model hub.
///
/// @param text `owner/name`, or `name` alone for the oldest models
record RepositoryId(String text) {
    private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
    private static final Pattern SHAPE = Pattern.compile(PART + "(/" + PART + ")?");

    /// The id that `text` is; absent when it cannot be one.
    static Optional<RepositoryId> of(String text) {
        boolean isOne = SHAPE.matcher(text).matches() && !text.contains("..") && !text.contains("--");
        return isOne ? Optional.of(new RepositoryId(text)) : Optional.empty();
    }

    /// The name of its folder in a Hugging Face cache.
    String cacheFolder() {
        return "models--" + text.replace("/", "--");
    }
}
