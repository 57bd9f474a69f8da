package io.sagebench.live.server;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/// Reads a request for work, and hands it to the engine.
final class InferenceRoute implements Route {
    private final ServedEngine served;
    private final Reading reading;
    private final Reader reader;

    /// Finds out what a request wants.
    @FunctionalInterface
    interface Reader {

        /// What it wants.
        ///
        /// @throws BadRequest when it cannot be had
        Inference read(HttpCall call) throws BadRequest;
    }

    InferenceRoute(ServedEngine served, Reading reading, Reader reader) {
        this.served = served;
        this.reading = reading;
        this.reader = reader;
    }

    @Override
    public void handle(HttpCall call) {
        long arrivedAtNanos = served.timeline().nowNanos();
        reading.read(
                call,
                () -> {
                    refuseWhenAsked(call);
                    Inference request = reader.read(call);
                    checkModel(request.model());
                    return new JobGroup(served, request, call, arrivedAtNanos);
                },
                group -> start(group, call));
    }

    private void start(JobGroup group, HttpCall call) {
        if (call.response().isOver()) {
            return; // the client left while its request was read
        }
        try {
            served.timeline().execute(group::start);
        } catch (RejectedExecutionException _) {
            call.response().reply(ApiError.stopping().toReply());
            return;
        }
        call.response().whenGone(() -> cancel(group));
    }

    private void cancel(JobGroup group) {
        try {
            served.timeline().execute(group::clientLeft);
        } catch (RejectedExecutionException _) {
            // the run has ended, and all work with it
        }
    }

    private void checkModel(String model) throws BadRequest {
        if (!served.description().models().serves(model)) {
            throw new BadRequest(new ApiError(
                    404,
                    "The model `" + model + "` does not exist; there is "
                            + String.join(", ", served.description().models().names()) + ".",
                    Optional.of("model"),
                    Optional.of("model_not_found"),
                    Optional.empty()));
        }
    }

    /// `X-Return-Error: 503` asks for that status, whatever the request says.
    private static void refuseWhenAsked(HttpCall call) throws BadRequest {
        String header = "X-Return-Error";
        Optional<String> given = call.header(header);
        if (given.isEmpty()) {
            return;
        }
        String text = given.get();
        if (!text.matches("[45][0-9]{2}")) {
            throw new BadRequest(ApiError.about(
                    header, "header " + header + " must be an HTTP status from 400 to 599, but is '" + text + "'"));
        }
        throw new BadRequest(
                ApiError.of(Integer.parseInt(text), "forced", "this status was asked for by header " + header));
    }
}
