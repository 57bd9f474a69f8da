package io.sagebench.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.NotRun;
import io.sagebench.report.SampleReport;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.ExperimentResult.MeasuredAt;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.report.experiment.FigureTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExperimentTextTest {
    @Test
    void showsEachFigureInItsUnitAndADashForWhatIsNotKnown() {
        var result = new ExperimentResult(
                "cost",
                "cost",
                SampleReport.BEGAN,
                SampleReport.BEGAN.plusMillis(1500),
                new Fields(),
                SampleReport.of().target(),
                List.of(),
                new Fields(),
                List.of(new MeasuredAt("50 req/s", SampleReport.policy("fifo", 95, 0.99, 0, 0, 0))),
                List.of(NotRun.needs("vtc", "tenants")),
                new Shown(
                        List.of(new FigureTable(
                                "A table",
                                List.of("Policy", "Rate", "Time", "Share", "USD", "Index", "Count", "?"),
                                List.of(List.of(
                                        Figure.text("fifo"),
                                        Figure.of(Unit.RATE, 12.34),
                                        Figure.of(Unit.NANOS, 5.5e6),
                                        Figure.of(Unit.SHARE, 0.9999),
                                        Figure.of(Unit.USD, 0.0123),
                                        Figure.of(Unit.NUMBER, 0.98765),
                                        Figure.of(Unit.COUNT, 7),
                                        Figure.of(Unit.NANOS, OptionalDouble.empty()))))),
                        List.of("Best: fifo")),
                List.of(),
                Optional.of("the second half"),
                false);
        assertThat(new ExperimentText(result, "100 requests", TerminalStyle.PLAIN).text().replace(System.lineSeparator(), "\n"))
                .isEqualTo(
                        """
                        Target: simulated (virtual time), 3 x qwen2.5-0.5b-a100
                        Experiment: cost
                        Config: 100 requests

                        A table
                        | Policy | Rate       | Time   | Share | USD     | Index | Count | ? |
                        |--------|------------|--------|-------|---------|-------|-------|---|
                        | fifo   | 12.3 req/s | 5.5 ms | 99.9% | $0.0123 | 0.988 | 7     | - |

                        Not run: vtc needs tenants
                        Best: fifo
                        Validity: valid, the load generator kept its schedule
                        Incomplete: the second half
                        Took: 1.5 s
                        """);
    }
}
