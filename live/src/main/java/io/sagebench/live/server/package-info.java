/// OpenAI-compatible servers: the control plane, and an engine, simulated or computing, behind the same front end.
///
/// Start at [io.sagebench.live.server.ControlPlaneServer] and [io.sagebench.live.server.EngineServer]. A request to a control plane becomes an
/// [io.sagebench.live.server.Exchange], which travels to the engine as its payload and owns the response; one to an engine becomes a
/// `JobGroup`, with a job for each prompt and answer. What an engine's port makes of texts is its `PortText`: made-up words and estimated tokens
/// for a mock engine, a model's own tokens for one that computes. Sockets and encoding live on Netty event loops; every decision is posted to the
/// timeline, and what the timeline wants written is posted back, one batch for each loop.
@NullMarked
package io.sagebench.live.server;

import org.jspecify.annotations.NullMarked;
