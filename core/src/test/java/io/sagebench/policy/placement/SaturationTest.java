package io.sagebench.policy.placement;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.ReportedLoad;
import io.sagebench.policy.FakeEngine;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SaturationTest {

    @Test
    void goesByPlacesAndCacheWhenTheEngineSaysNothing() {
        assertThat(of(anEngine("a"))).isZero();
        assertThat(of(anEngine("a").maxConcurrent(4).runs(aRequest(0)))).as("a place of four").isEqualTo(0.25);
        assertThat(of(anEngine("a").kvTokens(1_000).runs(aRequest(0).tokens(200, 200)))).as("400 of 800").isCloseTo(0.5, within(1e-9));
        assertThat(of(anEngine("a").kvTokens(1_000).runs(aRequest(0).tokens(450, 450)))).isEqualTo(1);
    }

    @Test
    void goesByWhatTheEngineSays() {
        assertThat(of(anEngine("a").reports(load(0, 2, 0.1)))).as("two of five").isEqualTo(0.4);
        assertThat(of(anEngine("a").reports(load(0, 0, 0.6)))).isCloseTo(0.75, within(1e-9));
        assertThat(of(anEngine("a").reports(load(0, 50, 0.6)))).isEqualTo(1);
    }

    @Test
    void whichOfBothIsHigherCounts() {
        assertThat(of(anEngine("a").maxConcurrent(4).runs(aRequest(0)).reports(load(0, 1, 0)))).as("a place of four, one of five").isEqualTo(0.25);
        assertThat(of(anEngine("a").maxConcurrent(4).runs(aRequest(0)).reports(load(0, 2, 0)))).isEqualTo(0.4);
    }

    @Test
    void whatItSaidLongAgoOrLeftOutDoesNotCount() {
        var engine = anEngine("a").reports(load(0, 5, 1));
        assertThat(Saturation.of(engine, 200_000_000L)).isEqualTo(1);
        assertThat(Saturation.of(engine, 200_000_001L)).isZero();
        var running = new ReportedLoad(0, OptionalLong.of(3), OptionalLong.empty(), OptionalDouble.empty());
        assertThat(of(anEngine("a").maxConcurrent(4).reports(running).runs(aRequest(0)))).isEqualTo(0.25);
    }

    @Test
    void ofAPoolItIsTheMean() {
        assertThat(Saturation.of(aPoolOf(anEngine("a").reports(load(0, 5, 0)), anEngine("b"), anEngine("c"), anEngine("d")))).isEqualTo(0.25);
        assertThat(Saturation.of(aPoolOf())).isZero();
    }

    private static double of(FakeEngine engine) {
        return Saturation.of(engine, 0);
    }

    private static ReportedLoad load(long sampledAtNanos, long waiting, double kvUsage) {
        return new ReportedLoad(sampledAtNanos, OptionalLong.of(1), OptionalLong.of(waiting), OptionalDouble.of(kvUsage));
    }
}
