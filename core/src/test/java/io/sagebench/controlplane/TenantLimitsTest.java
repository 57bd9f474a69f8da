package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.ControlPlaneTrial.Client;
import io.sagebench.controlplane.ControlPlaneTrial.State;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TenantLimitsTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine engine = anEngine(timeline, "a").maxConcurrent(100);

    @Test
    void aTenantHasItsOwnRateAndTheOthersTheirs() {
        ControlPlaneTrial trial = trial(
                Map.of("big", TenantLimits.NONE.withRate(10, 4)), TenantLimits.NONE.withRate(1, 1));
        assertThat(accepted(trial, "big", 6)).isEqualTo(4);
        assertThat(accepted(trial, "small", 3)).isEqualTo(1);
        assertThat(accepted(trial, "other", 3)).as("a bucket of its own").isEqualTo(1);
        Refusal refusal = Objects.requireNonNull(trial.clients.getLast().refusal);
        assertThat(refusal)
                .isEqualTo(new Refusal(
                        Refusal.Reason.TENANT_RATE,
                        "the tenant 'other' may send 1.0 requests per second",
                        Optional.of(Duration.ofSeconds(1))));
        assertThat(refusal.reason().status()).isEqualTo(429);
        trial.runMillis(1_000);
        assertThat(accepted(trial, "big", 12)).isEqualTo(4);
        assertThat(accepted(trial, "small", 3)).isEqualTo(1);
    }

    @Test
    void requestsWithoutATenantCountAsThoseOfOne() {
        ControlPlaneTrial trial = trial(Map.of(), TenantLimits.NONE.withMaxInFlight(2));
        for (int i = 0; i < 3; i++) {
            trial.submit(aSubmission("x" + i));
        }
        assertThat(trial.clients.getLast().state).isEqualTo(State.REFUSED);
        assertThat(Objects.requireNonNull(trial.clients.getLast().refusal).message())
                .isEqualTo("the tenant without a name has 2 requests in flight, as many as it may");
    }

    @Test
    void whatEndsMakesPlaceHoweverItEnds() {
        ControlPlaneTrial trial = trial(Map.of(), TenantLimits.NONE.withMaxInFlight(3));
        assertThat(accepted(trial, "t", 5)).isEqualTo(3);
        engine.jobs().get(0).finish();
        engine.jobs().get(1).fail(500);
        trial.clients.get(2).cancel();
        assertThat(accepted(trial, "t", 5)).isEqualTo(3);
    }

    private ControlPlaneTrial trial(Map<String, TenantLimits> tenants, TenantLimits others) {
        var admission = new AdmissionSettings(tenants, others, OptionalDouble.empty());
        return new ControlPlaneTrial(
                timeline,
                "fifo",
                ControlPlaneSettings.plain(QueueLimits.DEFAULT).with(admission),
                List.of(engine));
    }

    private static int accepted(ControlPlaneTrial trial, String tenant, int requests) {
        int accepted = 0;
        for (int i = 0; i < requests; i++) {
            Client client = trial.submit(aSubmission(tenant + i).tenant(tenant));
            accepted += client.state == State.REFUSED ? 0 : 1;
        }
        return accepted;
    }
}
