package io.sagebench.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.html.Metric.Unit;
import io.sagebench.report.html.Table.Mark;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class MarksTest {
    private static final Metric LATENCY = Metric.of("p99", "", "p99", Unit.MILLIS, false);
    private static final Facts UNTESTED = new Facts(JsonNodeFactory.instance.objectNode());

    /// Policies `a`, `b`, ... with these values; NaN where it is not known.
    private static List<PolicyView> policies(double... values) {
        var policies = new ArrayList<PolicyView>();
        for (double value : values) {
            var metrics = JsonNodeFactory.instance.objectNode();
            if (!Double.isNaN(value)) {
                metrics.put("p99", value);
            }
            String name = String.valueOf((char) ('a' + policies.size()));
            policies.add(new PolicyView(name, false, UNTESTED, new Facts(metrics), List.of(), Requests.NONE, List.of()));
        }
        return policies;
    }

    private static List<Mark> marks(double... values) {
        var policies = policies(values);
        var marks = Marks.of(LATENCY, policies, UNTESTED);
        return policies.stream().map(policy -> marks.of(policy.name()).mark()).toList();
    }

    @Test
    void theBestOfTwoLeadsAndTheOtherIsNotCalledTheWorst() {
        assertThat(marks(300, 200)).containsExactly(Mark.NONE, Mark.LEADING);
    }

    @Test
    void theWorstOfThreeIsMarked() {
        assertThat(marks(300, 200, 250)).containsExactly(Mark.WORST, Mark.LEADING, Mark.NONE);
    }

    @Test
    void whatReadsTheSameIsTheSame() {
        assertThat(marks(200.1, 200.4)).containsExactly(Mark.NONE, Mark.NONE);
        assertThat(marks(200.1, 200.4, 300, 310)).containsExactly(Mark.TIED, Mark.TIED, Mark.NONE, Mark.WORST);
    }

    @Test
    void whatMostHaveIsNoMerit() {
        assertThat(marks(200, 200, 200, 300)).containsExactly(Mark.NONE, Mark.NONE, Mark.NONE, Mark.WORST);
    }

    @Test
    void whatIsNotKnownIsNeitherGoodNorBad() {
        assertThat(marks(Double.NaN, 200)).containsExactly(Mark.NONE, Mark.NONE);
        assertThat(marks(Double.NaN, 200, 300, 400)).containsExactly(Mark.NONE, Mark.LEADING, Mark.NONE, Mark.WORST);
    }
}
