package io.sagebench.inference.hub;

/// Is told how a download goes. Called by the thread that downloads.
public interface DownloadListener {
    /// Wants to know nothing.
    DownloadListener NONE = (_, _, _) -> {};

    /// Some of a file has come.
    ///
    /// @param path  of the file within its repository
    /// @param bytes that are here, those of an earlier attempt included
    /// @param of    its size
    void came(String path, long bytes, long of);
}
