/// The bytes of an answer, read piece by piece as sockets bring them: HTTP/1.1, server-sent events, and the few facts a benchmark wants of
/// each JSON chunk.
///
/// Start at [io.sagebench.live.wire.HttpResponseParser], which feeds bodies to [io.sagebench.live.wire.SseParser], which feeds events to
/// [io.sagebench.live.wire.ChunkScanner]. All take windows of byte arrays, keep what a window cut in two, allocate nothing for an event,
/// and give the same result wherever the bytes were cut. None is safe for use by several threads.
@NullMarked
package io.sagebench.live.wire;

import org.jspecify.annotations.NullMarked;
