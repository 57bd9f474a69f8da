package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.DispatchedTo;
import io.sagebench.controlplane.RequestStatus;
import io.sagebench.request.RequestId;
import io.sagebench.time.Timeline;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The admin endpoints about single requests. Called on the timeline.
final class RequestEndpoints {
    private static final int ID_SEGMENT = 2;

    private final Timeline timeline;
    private final ControlPlane controlPlane;

    RequestEndpoints(Timeline timeline, ControlPlane controlPlane) {
        this.timeline = timeline;
        this.controlPlane = controlPlane;
    }

    /// `GET /admin/requests/{id}`: where it is, or how it ended.
    Reply show(HttpCall call) {
        try {
            Optional<RequestId> id = idOf(call);
            return id.flatMap(controlPlane::status).map(this::reply).orElseGet(RequestEndpoints::unknown);
        } catch (BadRequest bad) {
            return bad.error().toReply();
        }
    }

    /// `DELETE /admin/requests/{id}`: ends it, queued or running, and tells its client.
    Reply cancel(HttpCall call) {
        try {
            Optional<RequestId> id = idOf(call);
            Optional<RequestStatus> before = id.flatMap(controlPlane::status);
            if (id.isEmpty() || before.isEmpty()) {
                return unknown();
            }
            if (before.get().state().isFinal()) {
                return ApiError.of(409, "request_ended", "the request has ended already: " + before.get().state().wireName())
                        .toReply();
            }
            return controlPlane.cancel(id.get()).map(this::reply).orElseGet(() -> reply(before.get()));
        } catch (BadRequest bad) {
            return bad.error().toReply();
        }
    }

    private static Optional<RequestId> idOf(HttpCall call) throws BadRequest {
        return Optional.of(call.segment(ID_SEGMENT)).filter(text -> !text.isBlank()).map(RequestId::new);
    }

    private static Reply unknown() {
        return ApiError.of(404, "request_not_found", "no request with this id is here, or was of late").toReply();
    }

    private Reply reply(RequestStatus status) {
        RequestStatus.Times times = status.times();
        var json = new LinkedHashMap<String, Object>();
        json.put("id", status.id().value());
        json.put("state", status.state().wireName());
        json.put("message", status.message());
        json.put("instance", status.where().map(where -> where.engine().value()).orElse(null));
        json.put("policy", status.where().map(DispatchedTo::policy).orElse(null));
        json.put("epoch", status.where().map(DispatchedTo::epoch).orElse(null));
        json.put("attempts", status.attempts());
        json.put("output_tokens", status.outputTokens());
        json.put("dispatched_after_ms", sinceArrival(times, times.dispatchedAtNanos()));
        json.put("first_token_after_ms", sinceArrival(times, times.firstTokenAtNanos()));
        json.put("ended_after_ms", sinceArrival(times, times.endedAtNanos()));
        json.put("age_ms", (timeline.nowNanos() - times.arrivedAtNanos()) / 1e6);
        return Reply.ok(json);
    }

    private static @Nullable Double sinceArrival(RequestStatus.Times times, OptionalLong atNanos) {
        return atNanos.isPresent() ? (atNanos.getAsLong() - times.arrivedAtNanos()) / 1e6 : null;
    }
}
