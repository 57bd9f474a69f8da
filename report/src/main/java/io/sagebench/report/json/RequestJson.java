package io.sagebench.report.json;

import static io.sagebench.report.json.Json.millis;

import io.sagebench.journal.ContentTimes;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.ServedBy;
import io.sagebench.journal.Vectors;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.RawResults.WindowRecord;
import io.sagebench.request.Outcome;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// One request as JSON: first the names of layout "1.0", then ours. Names ending in `_ms` that tell a moment count from the start of the
/// measured window.
final class RequestJson {
    private static final int OK = 200;
    private static final double NANOS_PER_MILLI = 1e6;

    private final JsonGenerator json;

    RequestJson(JsonGenerator json) {
        this.json = json;
    }

    void write(WindowRecord record) {
        MeasuredWindow window = record.window();
        RequestRecord request = record.request();
        json.writeStartObject();
        identity(window, request);
        oldTimes(window, request);
        result(request);
        moments(window, request);
        tokens(request);
        if (!request.planned().type().isGeneration()) {
            vectors(request);
        }
        servedBy(request);
        json.writeEndObject();
    }

    private void identity(MeasuredWindow window, RequestRecord request) {
        var planned = request.planned();
        json.writeStringProperty("request_id", planned.id().value());
        json.writeStringProperty("policy", window.policy());
        json.writeNumberProperty("repeat", window.repeat());
        json.writeStringProperty("request_type", planned.type().wireName());
        json.writeStringProperty(planned.type().isGeneration() ? "model_name" : "embedding_model", planned.model());
        json.writeStringProperty("priority", planned.priority().name());
        number("slo_deadline_ms", planned.serviceLevel().endToEnd().map(limit -> millis((double) limit.toNanos())).orElse(null));
    }

    /// Wall-clock times in seconds since 1970, and latencies from the intended time.
    private void oldTimes(MeasuredWindow window, RequestRecord request) {
        OptionalLong completion = request.isCompleted()
                ? request.content().lastContentAtNanos()
                : OptionalLong.of(request.endedAtNanos());
        wallClock("send_time", window, request.sentAtNanos());
        wallClock("first_token_time", window, request.content().firstTokenAtNanos());
        wallClock("completion_time", window, completion);
        number("e2e_latency_ms", request.isCompleted() ? millis(request.endToEndNanos()) : null);
        number("ttft_ms", millis(request.ttftNanos()));
        ContentTimes content = request.content();
        json.writeArrayPropertyStart("inter_token_latencies");
        for (int i = 1; i < content.events(); i++) {
            json.writeNumber((content.eventAtNanos(i) - content.eventAtNanos(i - 1)) / NANOS_PER_MILLI);
        }
        json.writeEndArray();
        if (content.events() > 0 && content.tokensOf(0) > 0) {
            json.writeArrayPropertyStart("event_tokens");
            for (int i = 0; i < content.events(); i++) {
                json.writeNumber(content.tokensOf(i));
            }
            json.writeEndArray();
        }
    }

    private void result(RequestRecord request) {
        Outcome outcome = request.outcome();
        String name = outcome.wireName();
        String error = outcome.detail().isEmpty() ? name : name + ": " + outcome.detail();
        json.writeBooleanProperty("success", request.isCompleted());
        text("error", request.isCompleted() ? null : error);
        OptionalInt status = status(outcome);
        if (status.isPresent()) {
            json.writeNumberProperty("status_code", status.getAsInt());
        } else {
            json.writeNullProperty("status_code");
        }
        json.writeBooleanProperty("met_slo", request.metServiceLevel());
        json.writeObjectPropertyStart("metadata");
        json.writeNumberProperty("index", request.planned().index());
        json.writeEndObject();
        json.writeStringProperty("outcome", name);
        text("detail", outcome.detail().isEmpty() ? null : outcome.detail());
    }

    private void moments(MeasuredWindow window, RequestRecord request) {
        moment("intended_ms", window, OptionalLong.of(request.planned().intendedAtNanos()));
        moment("sent_ms", window, request.sentAtNanos());
        moment("first_token_ms", window, request.content().firstTokenAtNanos());
        moment("last_content_ms", window, request.content().lastContentAtNanos());
        moment("ended_ms", window, OptionalLong.of(request.endedAtNanos()));
        moment("first_chunk_ms", window, request.content().firstChunkAtNanos());
        moment("last_chunk_ms", window, request.content().lastChunkAtNanos());
        number("send_lag_ms", millis(request.sendLagNanos()));
        number("tpot_ms", millis(request.tpotNanos()));
    }

    private void tokens(RequestRecord request) {
        var tokens = request.tokens();
        json.writeNumberProperty("output_token_count", tokens.output());
        json.writeStringProperty("output_token_source", tokens.source().wireName());
        json.writeNumberProperty("output_tokens_asked", request.planned().outputTokens());
        json.writeNumberProperty("prompt_tokens_asked", request.planned().promptTokens());
        count("prompt_token_count", tokens.prompt().isPresent() ? tokens.prompt() : tokens.countedPrompt());
        json.writeStringProperty("prompt_token_source", tokens.promptSource().wireName());
        count("cached_prompt_token_count", tokens.cachedPrompt());
    }

    private void vectors(RequestRecord request) {
        json.writeNumberProperty("batch_size", request.planned().form().textTokens().size());
        int embedded = request.vectors().map(Vectors::count).orElse(0);
        json.writeNumberProperty("total_texts_embedded", embedded);
        count("embedding_dimensions", request.vectors().map(Vectors::dimensions).orElse(OptionalInt.empty()));
        OptionalLong nanos = request.endToEndNanos();
        number("texts_per_second", request.isCompleted() && nanos.isPresent() ? embedded * 1e9 / nanos.getAsLong() : null);
    }

    private void servedBy(RequestRecord request) {
        var said = request.servedBy();
        text("instance", said.map(ServedBy::instance).orElse(null));
        OptionalLong epoch = said.map(ServedBy::policyEpoch).orElse(OptionalLong.empty());
        if (epoch.isPresent()) {
            json.writeNumberProperty("policy_epoch", epoch.getAsLong());
        } else {
            json.writeNullProperty("policy_epoch");
        }
        number("queue_ms", millis(said.map(ServedBy::queueNanos).orElse(OptionalLong.empty())));
    }

    private static OptionalInt status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _, Outcome.Truncated _, Outcome.Empty _, Outcome.StreamError _ -> OptionalInt.of(OK);
            case Outcome.Rejected(int status, String _) -> OptionalInt.of(status);
            case Outcome.HttpError(int status, String _) -> OptionalInt.of(status);
            case Outcome.TimedOut _, Outcome.ConnectionFailed _, Outcome.Cancelled _ -> OptionalInt.empty();
        };
    }

    private void wallClock(String name, MeasuredWindow window, OptionalLong atNanos) {
        if (atNanos.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        var moment = window.startedAt().plusNanos(atNanos.getAsLong() - window.startNanos());
        json.writeNumberProperty(name, EpochSeconds.of(moment));
    }

    private void moment(String name, MeasuredWindow window, OptionalLong atNanos) {
        number(name, atNanos.isPresent() ? millis((double) (atNanos.getAsLong() - window.startNanos())) : null);
    }

    private void count(String name, OptionalInt value) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsInt());
        } else {
            json.writeNullProperty(name);
        }
    }

    private void number(String name, @Nullable Double value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value.doubleValue());
        }
    }

    private void text(String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }
}
