package io.sagebench.engine;

/// A payload whose client says whether another engine has already computed the prompt (`kv_transfer_params.do_remote_prefill`), so that only its
/// KV cache must be fetched.
public interface RemotePrefill extends Payload {

    /// Whether it has.
    boolean isPrefilledElsewhere();
}
