package io.sagebench.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.metrics.RunMetrics;
import io.sagebench.metrics.Validity;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.SampleReport;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
    private static final ConfigLine CONFIG = new ConfigLine("1000 requests @ 100 req/s", "", List.of("llama-7b", "mistral-7b"));
    private static final BenchmarkReport TWO = SampleReport.of(
            SampleReport.policy("fifo", 95.2, 0.712, 3, 0, 0), SampleReport.policy("aegaeon", 98.5, 0.937, 0, 0, 1));

    @Test
    void hasTheDocumentedLayout() {
        assertThat(table(TWO, new TerminalStyle(80, false)))
                .isEqualTo(
                        """
                        Target: simulated (virtual time), 3 x qwen2.5-0.5b-a100
                        ===========================================================================
                                        sageLLM Scheduling Policy Benchmark Report
                        ===========================================================================
                        Config: 1000 requests @ 100 req/s | Models: llama-7b, mistral-7b
                        ---------------------------------------------------------------------------

                        | Policy  | Throughput | Avg E2E | P99 E2E | Avg TTFT | SLO Rate | Errors |
                        |---------|------------|---------|---------|----------|----------|--------|
                        | fifo    | 95.2 req/s | 156 ms  | 423 ms  | 156 ms   | 71.2%    | 0.3%   |
                        | aegaeon | 98.5 req/s | 156 ms  | 423 ms  | 156 ms   | 93.7%    | 0.1%   |

                        Not completed: fifo 3 of 1000 (3 http error)
                        Not completed: aegaeon 1 of 1000 (1 rejected)

                        Best Throughput: aegaeon (98.5 req/s)
                        Best SLO Compliance: aegaeon (93.7%)
                        Best P99 Latency: fifo, aegaeon tie (423 ms)

                        SLO HIGH: fifo 71.2% | aegaeon 93.7%

                        Validity: valid, the load generator kept its schedule
                        """);
    }

    @Test
    void showsPromptsAndTextsApartWhereBothAreSent() {
        var config = new ConfigLine("1000 requests @ 100 req/s", "LLM: 70% | Embedding: 30%", List.of("llama-7b", "bge-m3"));
        String text = new ComparisonTable(SampleReport.hybrid(), config, new TerminalStyle(80, false)).text();
        assertThat(text.replace(System.lineSeparator(), "\n"))
                .contains(
                        """
                        Config: 1000 requests @ 100 req/s | LLM: 70% | Embedding: 30%
                        """)
                .contains(
                        """
                        | Policy | Throughput | LLM Avg | Emb Avg | LLM SLO | Emb SLO | Errors |
                        |--------|------------|---------|---------|---------|---------|--------|
                        | fifo   | 90.0 req/s | 200 ms  | 20 ms   | 90.0%   | 100.0%  | 0.0%   |
                        | hybrid | 95.0 req/s | 200 ms  | 20 ms   | 95.0%   | 100.0%  | 0.0%   |

                        LLM requests
                        | Policy | Throughput | Token/s | TTFT Avg | TTFT P99 | E2E P99 | SLO Rate |
                        |--------|------------|---------|----------|----------|---------|----------|
                        | fifo   | 63.0 req/s | 200.0   | 156 ms   | 423 ms   | 450 ms  | 90.0%    |
                        | hybrid | 66.5 req/s | 200.0   | 156 ms   | 423 ms   | 450 ms  | 95.0%    |

                        Embedding requests
                        | Policy | Throughput | Texts/s | Avg Batch | E2E P99 | SLO Rate |
                        |--------|------------|---------|-----------|---------|----------|
                        | fifo   | 27.0 req/s | 108.0   | 4.0       | 45 ms   | 100.0%   |
                        | hybrid | 28.5 req/s | 114.0   | 4.0       | 45 ms   | 100.0%   |

                        Best Throughput: hybrid (95.0 req/s)
                        Best LLM SLO: hybrid (95.0%)
                        Best Embedding SLO: fifo, hybrid tie (100.0%)
                        """)
                .contains("sageLLM Hybrid Scheduling Benchmark Report");
    }

    @Test
    void countsRejectionsAndTimeoutsAsErrors() {
        assertThat(table(SampleReport.of(SampleReport.policy("fifo", 95.2, 0.712, 10, 20, 70)), TerminalStyle.PLAIN))
                .contains("| 10.0%  |")
                .contains("Not completed: fifo 100 of 1000 (10 http error, 20 timed out, 70 rejected)");
    }

    @Test
    void neverCutsAName() {
        String name = "a_policy_with_a_name_longer_than_twelve_characters";
        assertThat(table(SampleReport.of(SampleReport.policy(name, 1, 1, 0, 0, 0)), TerminalStyle.PLAIN)).contains("| " + name + " |");
    }

    @Test
    void putsEachFigureOnALineWhenTheTerminalIsNarrow() {
        String text = table(TWO, new TerminalStyle(50, false));
        assertThat(text)
                .contains(
                        """
                        fifo
                          Throughput  95.2 req/s
                          Avg E2E     156 ms
                        """)
                .contains("Config: 1000 requests @ 100 req/s\nModels: llama-7b, mistral-7b\n");
        assertThat(text.lines().skip(1).filter(line -> !line.startsWith("Validity"))).allMatch(line -> line.length() <= 50);
    }

    @Test
    void showsCeilingsApartAndSaysWhatWasNotRunAndWhatWasDegraded() {
        String text = table(SampleReport.withCeilingAndNotRun(), new TerminalStyle(120, false));
        assertThat(text).contains("Not run: vtc needs requests of several tenants\n", "Degraded: fifo groups requests by model only\n");
        assertThat(text.indexOf("| oracle_slo")).isGreaterThan(text.indexOf("Ceilings: "));
        assertThat(text.indexOf("| fifo")).isLessThan(text.indexOf("Ceilings: "));
        assertThat(text).doesNotContain("Best ");
    }

    @Test
    void theTitleOfTheCeilingsFitsTheTerminal() {
        String text = table(SampleReport.withCeilingAndNotRun(), new TerminalStyle(80, false));
        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        assertThat(text)
                .contains(
                        """
                        Ceilings: bounds rather than policies, since they are told how long each answer
                                  will be
                        """);
    }

    @Test
    void callsNobodyBestWhenNothingSucceeded() {
        String text = table(SampleReport.of(SampleReport.policy("fifo", 0, 0, 1000, 0, 0)), TerminalStyle.PLAIN);
        assertThat(text).contains("Best: none, because no request succeeded").contains("| -       |").contains("| 100.0% |");
    }

    @Test
    void namesATieWhenTheFiguresShownAreTheSame() {
        String text = table(
                SampleReport.of(
                        SampleReport.policy("fifo", 95.21, 1, 0, 0, 0), SampleReport.policy("aegaeon", 95.22, 1, 0, 0, 0)),
                TerminalStyle.PLAIN);
        assertThat(text).contains("Best Throughput: fifo, aegaeon tie (95.2 req/s)");
    }

    @Test
    void doesNotRoundAFewMissesAway() {
        assertThat(Cells.share(0.9999)).isEqualTo("99.9%");
        assertThat(Cells.share(0.0001)).isEqualTo("0.1%");
        assertThat(Cells.share(1)).isEqualTo("100.0%");
    }

    @Test
    void printsABoldWarningWhenTheClientWasTheLimit() {
        RunMetrics fine = SampleReport.metrics(1, 1, 0, 0, 0);
        var limited = new Validity(Validity.Verdict.CLIENT_LIMITED, List.of("send lag p99 is 80 ms"));
        PolicyReport policy = SampleReport.policy(
                "fifo",
                new RunMetrics(
                        fine.counts(), fine.throughput(), fine.endToEnd(), fine.ttft(), fine.itl(), fine.tbt(), fine.tpot(),
                        fine.sendLag(), fine.ttftSinceSent(), fine.endToEndSinceSent(), fine.queueWait(), fine.slo(),
                        fine.parts(), fine.breakdown(), fine.fairness(), fine.cost(), fine.tokens(), limited));
        assertThat(table(SampleReport.of(policy), new TerminalStyle(80, true)))
                .contains("\u001B[1mValidity: CLIENT LIMITED for fifo: send lag p99 is 80 ms\u001B[0m");
        assertThat(table(SampleReport.of(policy), TerminalStyle.PLAIN)).doesNotContain("\u001B");
    }

    private static String table(BenchmarkReport report, TerminalStyle style) {
        return new ComparisonTable(report, CONFIG, style).text().replace(System.lineSeparator(), "\n");
    }
}
