package io.sagebench.live.server;

import io.netty.channel.EventLoop;
import io.sagebench.engine.Payload;
import io.sagebench.request.RequestId;

/// A request on its way to an engine, and its answer on the way back. Engines that make tokens report them as events, and the exchange
/// writes them; an engine that has the answer's bytes takes the answer over with [#relay].
///
/// Methods may be called from any thread, except [#relay].
public interface Exchange extends Payload {

    /// The caller's id, or the one it was given here.
    RequestId id();

    /// The request's body as it came. Not to be changed.
    byte[] body();

    /// Whether the client asked for a stream of events rather than one JSON object.
    boolean wantsStream();

    /// Drives the client's connection.
    EventLoop loop();

    /// Takes the answer over: from now on events of the engine keep the books, but write nothing, except an error. Only on the timeline, within
    /// [io.sagebench.engine.Engine#start].
    Relay relay();
}
