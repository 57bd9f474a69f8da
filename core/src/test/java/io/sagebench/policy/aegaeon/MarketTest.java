package io.sagebench.policy.aegaeon;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.PolicySwitch;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.multimodel.SwitchingLimits;
import io.sagebench.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Eight models on two cards, through the control plane. The limits are those of the paper's evaluation: 10 s to the first token, 100 ms for each
/// further one, here on average for each request.
class MarketTest {
    private static final double TTFT_SECONDS = 10;
    private static final double TBT_SECONDS = 0.1;

    private static double attainment(String policy, double requestsPerSecond, SwitchingLimits limits, long seed) {
        var market = new Market(policy, 8, 2, limits, (_, engine) -> engine);
        market.load(requestsPerSecond, 300, seed);
        market.timeline.run();
        assertThat(market.streams).allMatch(stream -> stream.tokenNanos.size() == stream.output);
        return market.attainment(TTFT_SECONDS, TBT_SECONDS);
    }

    @Test
    void sustainsSeveralTimesTheRateOfFifo() {
        var toTheEnd = new SwitchingLimits(256, Long.MAX_VALUE / 2, true, 5_000_000);
        for (long seed = 1; seed <= 2; seed++) {
            double fifo = attainment("fifo", 1, SwitchingLimits.DEFAULT, seed);
            double fifoToTheEnd = attainment("fifo", 1, toTheEnd, seed);
            assertThat(fifo).as("fifo at 1 request/s").isLessThan(0.8);
            assertThat(fifoToTheEnd).as("fifo at 1 request/s, no turn limit").isLessThan(0.8);
            for (double rate : new double[] {1, 4, 8}) {
                assertThat(attainment("aegaeon", rate, SwitchingLimits.DEFAULT, seed)).as("aegaeon at %s requests/s", rate).isGreaterThan(0.95);
            }
        }
    }

    @Test
    void servesLittleLoadAsWellAsFifo() {
        assertThat(attainment("aegaeon", 0.25, SwitchingLimits.DEFAULT, 3)).isEqualTo(1);
    }

    @Test
    void overloadDoesNotMakeItThrash() {
        var market = new Market("aegaeon", 8, 2);
        var fifo = new Market("fifo", 8, 2);
        for (Market each : List.of(market, fifo)) {
            each.load(40, 60, 5);
            each.timeline.run();
        }
        assertThat(market.timeline.nowNanos()).isLessThan((long) (1.6 * fifo.timeline.nowNanos()));
    }

    @Test
    void policiesCanBeSwitchedUnderLoadAndNothingIsLost() {
        var market = new Market("fifo", 8, 2);
        market.load(4, 60, 9);
        for (int i = 0; i < 12; i++) {
            String policy = i % 2 == 0 ? "aegaeon" : i % 4 == 1 ? "fifo" : "slo_aware";
            market.timeline.at(
                    Market.SECOND * (3 + 5L * i) + 123_456_789,
                    () -> assertThat(market.controlPlane.activate(policy, Map.of())).isInstanceOf(PolicySwitch.Active.class));
        }
        market.timeline.run();
        assertThat(market.streams).allMatch(stream -> stream.ending.equals(Optional.of("finished")) && stream.tokenNanos.size() == stream.output);
        var books = market.controlPlane.metrics().counts();
        assertThat(books.completed()).isEqualTo(market.streams.size());
    }

    @Test
    void failuresAndCancellationsLeaveNothingBehind() {
        FaultPlan plan = ((FaultReading.Read) FaultText.plan("error:503@5%,crash:at=20s,for=2s")).plan();
        var cards = new ArrayList<FaultyEngine>();
        var market = new Market[1];
        market[0] = new Market("aegaeon", 8, 2, SwitchingLimits.DEFAULT, (timeline, engine) -> {
            cards.add(new FaultyEngine(timeline, (MonitoredEngine) engine, plan, new Seed(3)));
            return cards.getLast();
        });
        market[0].load(4, 60, 11);
        for (int i = 0; i < market[0].streams.size(); i += 7) {
            Market.Stream stream = market[0].streams.get(i);
            market[0].timeline.at(stream.sentAtNanos + 1_500_000_000L, () -> {
                if (stream.ending.isEmpty()) {
                    stream.cancel();
                }
            });
        }
        market[0].timeline.run();
        assertThat(market[0].streams).allMatch(stream -> stream.ending.isPresent());
        assertThat(market[0].streams).anyMatch(stream -> stream.ending.orElse("").startsWith("failed"));
        assertThat(market[0].streams).anyMatch(stream -> stream.ending.equals(Optional.of("cancelled")));
        assertThat(market[0].cards).allMatch(card -> card.stats().running() + card.stats().waiting() == 0);
        assertThat(market[0].controlPlane.engines()).allMatch(engine -> engine.running() == 0);
    }

    @Test
    void saysWhatItComputesAndThatItIsWhole() {
        var market = new Market("aegaeon", 8, 2);
        market.load(4, 30, 1);
        market.timeline.runUntil(() -> market.timeline.nowNanos() > 20 * Market.SECOND);
        assertThat(market.controlPlane.degraded()).isEmpty();
        Map<String, Double> figures = market.controlPlane.figures();
        assertThat(figures).containsKeys("alpha", "S", "c", "q", "switches_per_s", "switch_share", "group_size");
        assertThat(figures.get("alpha")).isGreaterThanOrEqualTo(0.5);
        assertThat(figures.get("switch_share")).isBetween(0.0, 1.0);
        assertThat(figures.get("group_size")).isBetween(1.0, 8.0);
    }
}
