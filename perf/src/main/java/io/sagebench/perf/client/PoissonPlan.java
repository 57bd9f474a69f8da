package io.sagebench.perf.client;

import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.Plan;
import io.sagebench.workload.PlannedRequest;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Requests with Poisson arrivals, short prompts and answers of one length.
public record PoissonPlan(long requests, double perSecond, int tokens) implements Plan {
    private static final Seed SEED = new Seed(42);
    private static final int PROMPT_TOKENS = 32;

    @Override
    public OptionalLong size() {
        return OptionalLong.of(requests);
    }

    @Override
    public Reading open(long beginAtNanos) {
        SplittableRandom chance = SEED.generator();
        var at = new double[] {beginAtNanos};
        return Reading.of(LongStream.range(0, requests)
                .mapToObj(index -> {
                    at[0] += -Math.log1p(-chance.nextDouble()) / perSecond * 1e9;
                    return request(index, (long) at[0], tokens);
                })
                .iterator());
    }

    static PlannedRequest request(long index, long intendedAtNanos, int tokens) {
        return new PlannedRequest(
                new RequestId("r" + index),
                index,
                intendedAtNanos,
                "default",
                Priority.NORMAL,
                ServiceLevel.NONE,
                PROMPT_TOKENS,
                tokens,
                SEED.child(index));
    }
}
