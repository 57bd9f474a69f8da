package io.sagebench.live.server;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/// Reads a request for work, and hands it to the mock engine.
final class InferenceRoute implements Route {
    private final MockEngine mock;
    private final Reader reader;

    /// Finds out what a request wants. Called on the connection's event loop.
    @FunctionalInterface
    interface Reader {

        /// What it wants.
        ///
        /// @throws BadRequest when it cannot be had
        Inference read(HttpCall call) throws BadRequest;
    }

    InferenceRoute(MockEngine mock, Reader reader) {
        this.mock = mock;
        this.reader = reader;
    }

    @Override
    public void handle(HttpCall call) {
        JobGroup group;
        try {
            refuseWhenAsked(call);
            Inference request = reader.read(call);
            checkModel(request.model());
            group = new JobGroup(mock, request, call, mock.timeline().nowNanos());
        } catch (BadRequest bad) {
            call.response().reply(bad.error().toReply());
            return;
        }
        try {
            mock.timeline().execute(group::start);
        } catch (RejectedExecutionException _) {
            call.response().reply(ApiError.stopping().toReply());
            return;
        }
        call.response().whenGone(() -> cancel(group));
    }

    private void cancel(JobGroup group) {
        try {
            mock.timeline().execute(group::clientLeft);
        } catch (RejectedExecutionException _) {
            // the run has ended, and all work with it
        }
    }

    private void checkModel(String model) throws BadRequest {
        if (!mock.description().models().serves(model)) {
            throw new BadRequest(new ApiError(
                    404,
                    "The model `" + model + "` does not exist; there is "
                            + String.join(", ", mock.description().models().names()) + ".",
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
