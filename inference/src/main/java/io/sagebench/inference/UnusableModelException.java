package io.sagebench.inference;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A model that cannot be run: files are missing, cut off, or do not belong together. The message says what was found and what to do.
public final class UnusableModelException extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param cause what the runtime or the file system said; null when we noticed ourselves
    UnusableModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    UnusableModelException(String message) {
        this(message, null);
    }
}
