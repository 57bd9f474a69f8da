package io.sagebench.metrics;

import static io.sagebench.journal.RecordBuilder.aRecordOf;
import static io.sagebench.workload.PlannedRequestBuilder.aPlannedRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnginePricesTest {
    private static final EnginePrices PRICES = new EnginePrices(Map.of("dear", 7.2, "cheap", 3.6, "idle", 3.6));
    private final MetricsCollector collector = new MetricsCollector();

    /// On `dear` from 0 to 3 s and from 5 to 6 s, on `cheap` from 1 to 2 s; 10 + 4 tokens each.
    @Test
    void chargesEveryEngineForTheWindowAndTheBusyOnesForTheirWork() {
        serve("dear", 0, 2_000);
        serve("cheap", 1_000, 2_000);
        serve("dear", 1_500, 3_000);
        serve("dear", 5_000, 6_000);
        var cost = collector.metrics(1, ClientHealth.PERFECT, PRICES).cost();
        assertThat(cost.busySecondsByEngine()).containsExactlyInAnyOrderEntriesOf(Map.of("dear", 4.0, "cheap", 1.0));
        assertThat(cost.rentedUsd().orElseThrow()).as("6 s at 14.4 USD an hour").isCloseTo(0.024, within(1e-12));
        assertThat(cost.busyUsd().orElseThrow()).as("4 s at 7.2 and 1 s at 3.6").isCloseTo(0.009, within(1e-12));
        assertThat(cost.rentedUsdPer1kTokens().orElseThrow()).isCloseTo(0.024 / 56 * 1000, within(1e-12));
        assertThat(cost.busyUsdPer1kTokens().orElseThrow()).isCloseTo(0.009 / 56 * 1000, within(1e-12));
    }

    @Test
    void aRequestAcrossSeveralBusyTimesJoinsThem() {
        serve("dear", 1_000, 2_000);
        serve("dear", 3_000, 4_000);
        serve("dear", 500, 5_000);
        assertThat(collector.metrics(1, ClientHealth.PERFECT, PRICES).cost().busySecondsByEngine()).containsEntry("dear", 4.5);
    }

    @Test
    void windowsAreCountedOneByOne() {
        serve("cheap", 0, 1_000);
        collector.endWindow();
        serve("cheap", 500, 2_000);
        assertThat(collector.metrics(1, ClientHealth.PERFECT, PRICES).cost().busySecondsByEngine()).containsEntry("cheap", 2.5);
    }

    @Test
    void timeInTheQueueIsNotBusy() {
        collector.write(aRecordOf(aPlannedRequest(1)).sentAtMillis(0).queuedMillis(700).eventAtMillis(1_000, 4).build());
        assertThat(collector.metrics(1, ClientHealth.PERFECT).cost().busySecondsByEngine()).containsEntry("engine-1", 0.3);
    }

    @Test
    void anUnknownPriceMakesTheCostUnknown() {
        serve("dear", 0, 1_000);
        serve("stranger", 0, 1_000);
        var cost = collector.metrics(1, ClientHealth.PERFECT, PRICES).cost();
        assertThat(cost.rentedUsd()).isEmpty();
        assertThat(cost.busyUsd()).isEmpty();
        assertThat(collector.metrics(1, ClientHealth.PERFECT).cost().busyUsdPer1kTokens()).isEmpty();
    }

    private void serve(String engine, long fromMillis, long toMillis) {
        collector.write(aRecordOf(aPlannedRequest(fromMillis).atNanos(fromMillis * 1_000_000))
                .servedBy(engine)
                .eventAtMillis(toMillis, 4)
                .outputTokens(4)
                .build());
    }
}
