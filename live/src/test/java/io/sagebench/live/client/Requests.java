package io.sagebench.live.client;

import io.sagebench.journal.RequestRecord;
import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.PromptForm;
import java.util.OptionalLong;

/// Requests for tests that do not care about most of what a request is.
final class Requests {
    private Requests() {}

    static PlannedRequest planned(int number) {
        return planned(number, 5, ServiceLevel.NONE);
    }

    static PlannedRequest plannedAt(long intendedAtNanos) {
        return new PlannedRequest(
                new RequestId("request-0"), 0, intendedAtNanos, "default", Priority.NORMAL, ServiceLevel.NONE, 5, 4, new Seed(1));
    }

    static PlannedRequest planned(int number, int promptTokens, ServiceLevel promised) {
        return new PlannedRequest(
                new RequestId("request-" + number), number, 0, "default", Priority.HIGH, promised, promptTokens, 4, new Seed(number));
    }

    /// Of that form: a prompt of 5 tokens and an answer of 4, or the texts.
    static PlannedRequest of(PromptForm form) {
        boolean prompt = form.type().isGeneration();
        int tokens = prompt ? 5 : form.textTokens().stream().mapToInt(Integer::intValue).sum();
        return new PlannedRequest(
                new RequestId("request-0"), 0, 0, "default", Priority.NORMAL, ServiceLevel.NONE, tokens, prompt ? 4 : 0, new Seed(1),
                form, Caller.UNKNOWN, false);
    }

    static RequestRecord ended(PlannedRequest planned, long sentAtNanos, ResponseReader reader, long endedAtNanos) {
        Outcome outcome = reader.outcome();
        if (outcome == null) {
            throw new AssertionError("the response has not ended");
        }
        return new RequestRecord(
                planned,
                OptionalLong.of(sentAtNanos),
                reader.answer().content(),
                endedAtNanos,
                reader.answer().tokens(),
                reader.answer().servedBy(),
                outcome);
    }
}
