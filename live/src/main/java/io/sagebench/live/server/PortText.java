package io.sagebench.live.server;

/// How the requests for work that an engine's port gets are understood, and what their answers say: made up, or a model's own text. Safe for use by any
/// thread.
interface PortText extends AutoCloseable {

    /// Where all of its other methods are to be called.
    Reading reading();

    /// `POST /v1/chat/completions`.
    ///
    /// @throws BadRequest when it cannot be had
    Inference chat(HttpCall call) throws BadRequest;

    /// `POST /v1/completions`.
    ///
    /// @throws BadRequest when it cannot be had
    Inference completion(HttpCall call) throws BadRequest;

    /// `POST /v1/embeddings`.
    ///
    /// @throws BadRequest when it cannot be had
    Inference embeddings(HttpCall call) throws BadRequest;

    /// `POST /tokenize`.
    ///
    /// @throws BadRequest when it cannot be had
    Reply tokenize(HttpCall call) throws BadRequest;

    /// Whether tokens lead back to text, so that there is [#detokenize].
    boolean detokenizes();

    /// `POST /detokenize`.
    ///
    /// @throws BadRequest when it cannot be had
    Reply detokenize(HttpCall call) throws BadRequest;

    /// Ends what it works with.
    @Override
    void close();
}
