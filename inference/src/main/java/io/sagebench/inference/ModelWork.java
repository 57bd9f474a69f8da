package io.sagebench.inference;

import ai.onnxruntime.OrtException;

/// What the computing thread does, round by round. Used by that thread only, but for [#load].
interface ModelWork {

    /// A job has come.
    void add(CpuSequence sequence);

    /// Does one round. Returns whether there was anything to do.
    boolean step() throws OrtException;

    /// Frees the caches of all; jobs under way begin again with the next round, from what they have said so far.
    void drop() throws OrtException;

    /// What it has in hand. Safe from any thread.
    CpuLoad load();

    /// Frees all.
    void close();
}
