package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.random.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightedTest {

    /// 100,000 draws: the standard deviation of a share is at most 0.0016.
    @Test
    void drawsEachValueWithItsShare() {
        Map<String, Double> drawn = sharesDrawn(Weighted.of(new TreeMap<>(Map.of("a", 0.2, "b", 0.7, "c", 0.1))));
        assertThat(drawn.get("a")).isBetween(0.194, 0.206);
        assertThat(drawn.get("b")).isBetween(0.694, 0.706);
        assertThat(drawn.get("c")).isBetween(0.094, 0.106);
    }

    @Test
    void neverDrawsAValueWithoutAShare() {
        var shares = new LinkedHashMap<String, Double>();
        shares.put("first", 0.0);
        shares.put("all", 1.0);
        shares.put("last", 0.0);
        assertThat(sharesDrawn(Weighted.of(shares))).containsOnlyKeys("all");
    }

    @Test
    void acceptsRoundedSharesAndDrawsThemInProportion() {
        Map<String, Double> drawn = sharesDrawn(Weighted.of(new TreeMap<>(Map.of("a", 0.33, "b", 0.33, "c", 0.33))));
        assertThat(drawn.values()).allSatisfy(share -> assertThat(share).isBetween(0.327, 0.34));
    }

    @Test
    void keepsTheOrderInWhichTheSharesAreGiven() {
        var shares = new LinkedHashMap<String, Double>();
        shares.put("z", 0.5);
        shares.put("a", 0.5);
        assertThat(Weighted.of(shares).shares().keySet()).containsExactly("z", "a");
    }

    @Test
    void saysWhatIsWrongWithTheShares() {
        assertThatThrownBy(() -> Weighted.of(Map.of("a", 0.5))).hasMessage("the shares must sum to 1, but sum to 0.5");
        assertThatThrownBy(() -> Weighted.of(Map.of("a", -0.5, "b", 1.0)))
                .hasMessage("the share of a must be from 0 to 1, but is -0.5");
        assertThatThrownBy(() -> Weighted.of(Map.of("a", Double.NaN)))
                .hasMessage("the share of a must be from 0 to 1, but is NaN");
        assertThatThrownBy(() -> Weighted.of(Map.of())).hasMessage("the shares must sum to 1, but sum to 0.0");
    }

    private static Map<String, Double> sharesDrawn(Weighted<String> weighted) {
        var chance = new Seed(12).generator();
        var counts = new TreeMap<String, Double>();
        for (int i = 0; i < 100_000; i++) {
            counts.merge(weighted.draw(chance), 1e-5, Double::sum);
        }
        return counts;
    }
}
