package io.sagebench.live.server;

import io.netty.buffer.ByteBuf;

/// The answer of an [Exchange] as an engine writes it itself. All methods belong to [Exchange#loop]. What is written after the client left is
/// dropped; its engine hears of that by being cancelled.
public interface Relay {

    /// Sends the head of a good answer; nothing, now and later, when the request was taken back from this engine before.
    ///
    /// @param contentType of the body that follows
    void begin(String contentType);

    /// Sends a part of the body, and releases it. Not flushed.
    void write(ByteBuf part);

    /// Hands what was written to the kernel.
    void flush();

    /// Ends the answer well.
    void end();

    /// Whether the client takes what is written as fast as it comes. When not, stop reading until told otherwise.
    boolean isWritable();

    /// Has `action` called each time [#isWritable] turns true. Replaces the action before.
    void whenWritable(Runnable action);
}
