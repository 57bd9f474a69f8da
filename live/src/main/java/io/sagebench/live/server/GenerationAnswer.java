package io.sagebench.live.server;

import io.netty.buffer.Unpooled;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.server.AnswerEncoding.Choice;
import io.sagebench.live.server.metrics.FinishReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the answers to one request, each a choice of one response: as events of a stream, or as one object. The head goes out with the first
/// token, as vLLM does it, so that whatever goes wrong before has an HTTP status of its own.
final class GenerationAnswer implements Answering {
    private final GenerationRequest request;
    private final List<PlannedJob> jobs;
    private final List<Progress> choices = new ArrayList<>();
    private final AnswerEncoding encoding;
    private final Response response;
    private final Map<String, String> headers;
    private int unfinished;

    /// @param jobs     one for each choice
    /// @param says     what an answer to a prompt says, unless the engine computes it
    /// @param encoding for as many choices
    /// @param headers  of the response, whatever it is
    GenerationAnswer(
            GenerationRequest request,
            List<PlannedJob> jobs,
            MockEngineOptions.Answers says,
            AnswerEncoding encoding,
            Response response,
            Map<String, String> headers) {
        this.request = request;
        this.jobs = jobs;
        this.encoding = encoding;
        this.response = response;
        this.headers = headers;
        this.unfinished = jobs.size();
        for (PlannedJob job : jobs) {
            choices.add(new Progress(job.computed().isPresent() ? new GrowingText() : madeUp(says, job)));
        }
    }

    private static AnswerText madeUp(MockEngineOptions.Answers says, PlannedJob job) {
        return switch (says) {
            case WORDS -> AnswerText.WORDS;
            case ECHO -> AnswerText.repeating(job.prompt().text());
        };
    }

    /// How far a choice is.
    private static final class Progress {
        private final AnswerText text;
        private int sent;
        private boolean opened;
        private @Nullable EngineResult result;
        private FinishReason reason = FinishReason.STOP;

        Progress(AnswerText text) {
            this.text = text;
        }
    }

    @Override
    public boolean isStreamed() {
        return request.delivery().streamed();
    }

    @Override
    public void tokens(int job, int count) {
        if (response.isOver()) {
            return;
        }
        Progress choice = choices.get(job);
        open(job, choice);
        int from = choice.sent;
        choice.sent += count;
        response.write(
                request.delivery().usageInEach()
                        ? encoding.tokens(response.allocator(), job, choice.text, from, count, usageSoFar(job))
                        : encoding.tokens(response.allocator(), job, choice.text, from, count));
        response.flush();
    }

    /// Tokens without text are counted, but have no event.
    @Override
    public void said(int job, int count, String text) {
        Progress choice = choices.get(job);
        if (!(choice.text instanceof GrowingText growing)) {
            throw new IllegalStateException("the words of this answer are made up");
        }
        int from = growing.tokens();
        growing.add(count, text);
        choice.sent += count;
        if (!isStreamed() || text.isEmpty() || response.isOver()) {
            return;
        }
        open(job, choice);
        int pieces = growing.tokens() - from;
        response.write(
                request.delivery().usageInEach()
                        ? encoding.tokens(response.allocator(), job, growing, from, pieces, usageSoFar(job))
                        : encoding.tokens(response.allocator(), job, growing, from, pieces));
        response.flush();
    }

    @Override
    public void finished(int job, EngineResult result, FinishReason reason) {
        if (response.isOver()) {
            return;
        }
        Progress choice = choices.get(job);
        choice.result = result;
        choice.reason = reason;
        unfinished--;
        if (!isStreamed()) {
            if (unfinished == 0) {
                reply(Reply.json(200, whole()));
            }
            return;
        }
        open(job, choice);
        byte[] ending = encoding.ending(job, reason, soFarWhereAskedFor(job));
        if (unfinished > 0) {
            response.write(Unpooled.wrappedBuffer(ending));
            response.flush();
            return;
        }
        byte[] usage = request.delivery().usageAtEnd() ? encoding.usage(usage()) : new byte[0];
        response.write(Unpooled.wrappedBuffer(ending, usage, AnswerEncoding.done()));
        response.end();
    }

    @Override
    public void failed(EngineFailure failure) {
        switch (failure.kind()) {
            case ERROR -> refused(ApiError.of(failure));
            case RESET -> response.reset();
            case CUT_SHORT -> cutShort();
        }
    }

    @Override
    public void refused(ApiError error) {
        if (!response.hasBegun()) {
            reply(error.toReply());
            return;
        }
        response.write(Unpooled.wrappedBuffer(AnswerEncoding.error(error)));
        response.endAndClose();
    }

    private void cutShort() {
        if (isStreamed()) {
            open(0, choices.getFirst());
            response.endAndClose(); // the stream is whole for HTTP, but not for the client, who misses its last events
        } else {
            byte[] begun = encoding.whole(List.of(), new Usage(0, 0, 0));
            begin(Reply.JSON_TYPE);
            response.write(Unpooled.wrappedBuffer(begun, 0, begun.length / 2));
            response.cutShort();
        }
    }

    private void open(int index, Progress choice) {
        if (choice.opened) {
            return;
        }
        choice.opened = true;
        begin("text/event-stream; charset=utf-8");
        byte[] opening = encoding.opening(index, soFarWhereAskedFor(index));
        if (opening.length > 0) {
            response.write(Unpooled.wrappedBuffer(opening));
        }
        if (request.echo()) {
            response.write(Unpooled.wrappedBuffer(
                    encoding.text(index, echoOf(index), soFarWhereAskedFor(index))));
        }
    }

    private void begin(String contentType) {
        if (response.hasBegun()) {
            return;
        }
        var all = new LinkedHashMap<>(headers);
        all.put(Reply.CONTENT_TYPE, contentType);
        all.put("Cache-Control", "no-cache");
        response.begin(200, all);
    }

    private byte[] whole() {
        var answers = new ArrayList<Choice>();
        for (int i = 0; i < choices.size(); i++) {
            Progress choice = choices.get(i);
            int tokens = choice.result == null ? 0 : choice.result.outputTokens();
            String text = choice.text instanceof GrowingText said ? said.first(said.tokens()) : choice.text.first(tokens);
            answers.add(new Choice(request.echo() ? echoOf(i) + text : text, choice.reason));
        }
        return encoding.whole(answers, usage());
    }

    private String echoOf(int index) {
        return Json.textWithinQuotes(jobs.get(index).prompt().text());
    }

    /// Of all choices; a prompt counts once, however many answers it has.
    private Usage usage() {
        Usage sum = new Usage(0, 0, 0);
        for (int i = 0; i < choices.size(); i++) {
            EngineResult result = choices.get(i).result;
            if (result == null) {
                continue;
            }
            boolean isFirst = i % request.choices() == 0;
            sum = new Usage(
                    sum.prompt() + (isFirst ? result.promptTokens() : 0),
                    sum.cached() + (isFirst ? result.cachedPromptTokens() : 0),
                    sum.completion() + result.outputTokens());
        }
        return sum;
    }

    private Usage usageSoFar(int index) {
        return new Usage(jobs.get(index).prompt().tokens(), 0, choices.get(index).sent);
    }

    private Optional<Usage> soFarWhereAskedFor(int index) {
        return request.delivery().usageInEach() ? Optional.of(usageSoFar(index)) : Optional.empty();
    }

    private void reply(Reply reply) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(reply.headers());
        response.reply(new Reply(reply.status(), all, reply.body()));
    }
}
