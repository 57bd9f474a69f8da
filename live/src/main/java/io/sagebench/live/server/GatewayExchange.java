package io.sagebench.live.server;

import io.netty.channel.EventLoop;
import io.sagebench.controlplane.DispatchedTo;
import io.sagebench.controlplane.Refusal;
import io.sagebench.controlplane.SubmissionEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.FaultHints;
import io.sagebench.live.server.GatewayRequest.Delivery;
import io.sagebench.live.server.GatewayRequest.Form;
import io.sagebench.request.RequestId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request between its connection and whoever answers it. Its fields belong to the timeline, except where they say otherwise; what is to
/// be written goes to the connection's event loop through the outbox.
final class GatewayExchange implements Exchange, FaultHints, SubmissionEvents {
    private final GatewayRequest request;
    private final HttpCall call;
    private final Outbox outbox;
    private final GatewayAnswer answer;
    private final MadeAnswer made;
    // Read by the event loop when it sends the head.
    private volatile @Nullable DispatchedTo dispatchedTo;
    private @Nullable AttemptRelay relay;
    private boolean clientLeft;
    private Runnable cancellation = () -> {};

    GatewayExchange(GatewayRequest request, HttpCall call, Outbox outbox, long createdSeconds) {
        this.request = request;
        this.call = call;
        this.outbox = outbox;
        this.answer = new GatewayAnswer(request, call, this::servedBy);
        this.made = switch (request.form()) {
            case Form.Text(ApiShape api, Delivery delivery) ->
                new MadeText(delivery, new AnswerEncoding(api, request.id(), request.model(), createdSeconds, 1), answer);
            case Form.Vectors form -> new MadeVectors(request.model(), form, answer);
        };
    }

    /// Hands the request to who answers it. On the timeline.
    void submitTo(GatewayService service) {
        if (!clientLeft) {
            cancellation = service.submit(request.toSubmission(this), this);
        }
    }

    /// Stops the work on it. On the timeline.
    void clientLeft() {
        clientLeft = true;
        cancellation.run();
    }

    @Override
    public RequestId id() {
        return request.id();
    }

    @Override
    public Optional<String> faultHint() {
        return call.header("X-Fault");
    }

    @Override
    public byte[] body() {
        return call.body();
    }

    @Override
    public boolean wantsStream() {
        return request.wantsStream();
    }

    @Override
    public EventLoop loop() {
        return call.loop();
    }

    @Override
    public Relay relay() {
        var own = new AttemptRelay(answer);
        relay = own;
        return own;
    }

    @Override
    public void refused(Refusal refusal) {
        Refusal.Reason reason = refusal.reason();
        boolean isTemporary = reason.status() == 429 || reason.status() == 503;
        Optional<Duration> retryAfter = refusal.retryAfter()
                .or(() -> isTemporary ? Optional.of(Duration.ofSeconds(1)) : Optional.empty());
        Optional<String> param = switch (reason) {
            case UNKNOWN_MODEL -> Optional.of("model");
            case DUPLICATE_REQUEST_ID -> Optional.of(RequestIds.HEADER);
            default -> Optional.empty();
        };
        String message = reason == Refusal.Reason.DUPLICATE_REQUEST_ID
                ? "header " + RequestIds.HEADER + ": " + refusal.message()
                : refusal.message();
        fail(new ApiError(reason.status(), message, param, Optional.of(reason.code()), retryAfter));
    }

    @Override
    public void dispatched(DispatchedTo where) {
        dispatchedTo = where;
        AttemptRelay before = relay;
        if (before != null) {
            before.withdraw();
            relay = null;
        }
    }

    /// An engine may tell of an answer that is sent as a whole only in the end.
    @Override
    public boolean answerComesInParts() {
        return wantsStream();
    }

    /// Of an engine that writes the answer itself, the bytes count and not the tokens that were told; when none has gone out, none will any more. An
    /// answer that is made here and sent as a whole begins when it is complete.
    @Override
    public boolean answerHasBegun(int tokensTold) {
        AttemptRelay current = relay;
        return current == null ? wantsStream() && tokensTold > 0 : !current.withdraw();
    }

    /// Only to write them: an engine that writes the answer itself tells of them for the books, and those are not in a hurry.
    @Override
    public boolean wantsEachToken() {
        return relay == null;
    }

    @Override
    public void tokens(int count) {
        if (relay == null && wantsStream()) {
            outbox.post(call.response(), () -> made.tokens(count));
        }
    }

    @Override
    public void finished(EngineResult result) {
        if (relay == null) {
            outbox.post(call.response(), () -> made.finish(result));
        }
    }

    @Override
    public void failed(EngineFailure failure) {
        outbox.post(call.response(), () -> writeFailure(failure));
    }

    /// As for an engine behind HTTP, whose broken connection is not the client's, and whose stream that ends early is passed on.
    private void writeFailure(EngineFailure failure) {
        if (failure.kind() == EngineFailure.Kind.CUT_SHORT && made.isStreamed()) {
            made.endEarly();
        } else {
            answer.fail(ApiError.of(failure));
        }
    }

    private void fail(ApiError error) {
        outbox.post(call.response(), () -> answer.fail(error));
    }

    private Map<String, String> servedBy() {
        DispatchedTo where = dispatchedTo;
        if (where == null) {
            return Map.of();
        }
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Instance-Id", where.engine().value());
        headers.put("X-Policy", where.policy());
        headers.put("X-Policy-Epoch", Long.toString(where.epoch()));
        headers.put("X-Queue-Ms", String.format(Locale.ROOT, "%.3f", where.queueNanos() / 1e6));
        return headers;
    }
}
