package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.server.Exchange;
import io.sagebench.live.server.Relay;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// One job of an [EmbeddingBatch]: its vectors so far, as the server wrote them. Belongs to the event loop of the batch.
final class EmbeddingMember {
    private final EngineJob job;
    private final Exchange exchange;
    private final Relay relay;
    private final Reports reports;
    private final byte[][] vectors;
    private int missing;
    private int promptTokens;
    private boolean shared;
    private boolean over;
    private @Nullable UpstreamCall ownCall;

    EmbeddingMember(EngineJob job, Exchange exchange, Relay relay, Reports reports) {
        this.job = job;
        this.exchange = exchange;
        this.relay = relay;
        this.reports = reports;
        this.vectors = new byte[job.ask().textCount()][];
        this.missing = vectors.length;
    }

    EngineJob job() {
        return job;
    }

    Exchange exchange() {
        return exchange;
    }

    Reports reports() {
        return reports;
    }

    /// Whether nothing is to be done for it any more.
    boolean isOver() {
        return over;
    }

    /// The vector of its text `index`, as JSON.
    void vector(int index, byte[] json) {
        if (vectors[index] == null) {
            missing--;
        }
        vectors[index] = json;
    }

    /// What some of its texts took.
    ///
    /// @param isShare whether that is its estimated share of what the server told of several requests together
    void used(int tokens, boolean isShare) {
        promptTokens += tokens;
        shared |= isShare;
    }

    /// Answers its client, if all vectors are there.
    ///
    /// @param model as the server wrote it, in JSON
    void answerIfComplete(String model) {
        if (over || missing > 0) {
            return;
        }
        over = true;
        byte[] body = body(model);
        HttpEngine.onLoopOf(exchange, () -> {
            relay.begin("application/json");
            relay.write(Unpooled.wrappedBuffer(body));
            relay.end();
            reports.finished(new EngineResult(promptTokens, 0, 0));
        });
    }

    /// Ends it without an answer.
    void fail(EngineFailure failure) {
        if (!over) {
            over = true;
            reports.failed(failure);
        }
    }

    /// Gives it a call of its own, by which it ends.
    void callAlone(UpstreamServer server) {
        over = true;
        var call = new UpstreamCall(server, job, exchange, relay, reports);
        ownCall = call;
        HttpEngine.onLoopOf(exchange, call::begin);
    }

    /// Its client has left.
    void cancel() {
        over = true;
        UpstreamCall call = ownCall;
        if (call != null) {
            HttpEngine.onLoopOf(exchange, call::cancel);
        }
    }

    private byte[] body(String model) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("{\"object\":\"list\",\"data\":[".getBytes(UTF_8));
        for (int i = 0; i < vectors.length; i++) {
            body.writeBytes(((i == 0 ? "" : ",") + "{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":").getBytes(UTF_8));
            body.writeBytes(vectors[i]);
            body.write('}');
        }
        String usage = "],\"model\":" + model + ",\"usage\":{\"prompt_tokens\":" + promptTokens + ",\"total_tokens\":" + promptTokens
                + (shared ? ",\"estimated_share\":true" : "") + "}}";
        body.writeBytes(usage.getBytes(UTF_8));
        return body.toByteArray();
    }
}
