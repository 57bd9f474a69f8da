package io.sagebench.inference.hub;

import java.io.Serial;

/// A model that was asked for is not to be had; the message says what to do.
public final class ModelUnavailable extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    ModelUnavailable(String message) {
        super(message);
    }
}
