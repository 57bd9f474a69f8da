package io.sagebench.controlplane;

import io.sagebench.controlplane.Refusal.Reason;
import io.sagebench.engine.Ask;
import io.sagebench.policy.Lane;
import io.sagebench.policy.Waiting;
import io.sagebench.request.RequestType;
import io.sagebench.time.Timeline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/// Which requests are taken in.
final class Admission {
    private static final long LONGEST_RETRY_AFTER_SECONDS = 60;

    private final Timeline timeline;
    private final Pool pool;
    private final WaitingRoom room;
    private final Books books;
    private final Tenants tenants;
    private final Saturation saturation;
    private final OptionalDouble maxSaturation;
    private boolean stopping;

    /// @param maxSaturation at which the least urgent requests are refused; absent for never
    Admission(
            Timeline timeline,
            Pool pool,
            WaitingRoom room,
            Books books,
            Tenants tenants,
            Saturation saturation,
            OptionalDouble maxSaturation) {
        this.timeline = timeline;
        this.pool = pool;
        this.room = room;
        this.books = books;
        this.tenants = tenants;
        this.saturation = saturation;
        this.maxSaturation = maxSaturation;
    }

    /// From now on nothing is taken in.
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /// Why a request is not taken in, whatever the queue; nothing when it may be.
    Optional<Refusal> refusalOf(Submission submission) {
        if (stopping) {
            return refusal(Reason.STOPPING, "this control plane is stopping and takes no new requests");
        }
        Ask ask = submission.ask();
        var lane = new Lane(ask.model(), ask.type());
        if (!pool.serves(lane)) {
            return refusal(Reason.UNKNOWN_MODEL, unknownModel(lane));
        }
        if (!pool.mayServe(lane)) {
            return refusal(Reason.NO_ENGINE, "all engines with the model '" + lane.model() + "' are stopping or have stopped");
        }
        if (!pool.fits(lane, ask.mostTokens())) {
            return refusal(
                    Reason.CONTEXT_TOO_LONG,
                    "no engine with this model has a context of " + ask.mostTokens() + " tokens (" + ask.promptTokens()
                            + " in the prompt, " + ask.maxOutputTokens() + " to generate)");
        }
        if (maxSaturation.isPresent() && saturation.refuses(submission.priority(), maxSaturation.getAsDouble())) {
            return Optional.of(new Refusal(
                    Reason.SATURATED,
                    "the engines are too full for a request of priority " + submission.priority(),
                    Optional.of(retryAfter())));
        }
        return tenants.refusalOf(submission, timeline.nowNanos());
    }

    private String unknownModel(Lane lane) {
        boolean servesOtherType = Arrays.stream(RequestType.values())
                .anyMatch(type -> pool.serves(new Lane(lane.model(), type)));
        return servesOtherType
                ? "no engine here serves " + lane.type().wireName() + " requests for the model '" + lane.model() + "'"
                : "the model '" + lane.model() + "' does not exist";
    }

    private static Optional<Refusal> refusal(Reason reason, String message) {
        return Optional.of(new Refusal(reason, message, Optional.empty()));
    }

    /// Whether the queue has no place for this request. One that an engine could take at once needs none.
    boolean isFull(Waiting request) {
        boolean goesAtOnce = room.size() == 0 && pool.hasRoomFor(request.lane());
        return !goesAtOnce && room.exceedsLimits(request, Optional.empty());
    }

    Refusal queueFull() {
        return new Refusal(
                Reason.QUEUE_FULL, "the queue is full: " + room.size() + " requests wait", Optional.of(retryAfter()));
    }

    /// When the queue of now will have been served, at the rate of late: 1 s to a minute.
    private Duration retryAfter() {
        double endedPerSecond = books.endedPerSecond(timeline.nowNanos());
        double seconds = endedPerSecond > 0 ? Math.ceil(room.size() / endedPerSecond) : 1;
        return Duration.ofSeconds(Math.clamp((long) seconds, 1, LONGEST_RETRY_AFTER_SECONDS));
    }
}
