package io.sagebench.inference.hub;

/// A file of a repository, as its hub lists it.
///
/// @param path   within the repository, with slashes
/// @param bytes  its size
/// @param digest of what it holds
record HubFile(String path, long bytes, Digest digest) {

    /// What a file is checked by, and named by in the cache.
    ///
    /// @param kind how it is computed
    /// @param hex  in lower case
    record Digest(Kind kind, String hex) {
        enum Kind {
            /// SHA-256 of the content: large files.
            SHA256,
            /// SHA-1 of `blob <size>`, a zero byte and the content, as git names it: small files.
            GIT
        }
    }
}
