package io.sagebench.perf.client;

import io.netty.buffer.ByteBuf;
import io.sagebench.live.wire.ChunkScanner;
import io.sagebench.live.wire.HttpResponseParser;
import io.sagebench.live.wire.ResponseHead;
import io.sagebench.live.wire.SseParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to read one content event of some 220 bytes: HTTP chunk, SSE and JSON, with no socket.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AnswerReading {
    private static final int LARGEST_EVENT_BYTES = 1_000_000;

    private final ChunkScanner scanner = new ChunkScanner();
    private final SseParser events = new SseParser(this::event, LARGEST_EVENT_BYTES);
    private final HttpResponseParser http = new HttpResponseParser(new HttpResponseParser.Listener() {
        @Override
        public void head(ResponseHead head) {}

        @Override
        public void body(byte[] bytes, int from, int to) {
            events.feed(bytes, from, to);
        }

        @Override
        public void complete() {}
    });
    private final byte[] token = bytes(StreamBytes.token());
    private int contents;

    /// Reads the head of a response that never ends.
    @Setup
    public void begin() {
        byte[] head = bytes(StreamBytes.head());
        http.feed(head, 0, head.length);
    }

    /// Reads one event.
    @Benchmark
    public int event() {
        http.feed(token, 0, token.length);
        return contents;
    }

    private void event(byte[] bytes, int from, int to) {
        scanner.scan(bytes, from, to);
        contents += scanner.hasContent() ? 1 : 0;
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }
}
