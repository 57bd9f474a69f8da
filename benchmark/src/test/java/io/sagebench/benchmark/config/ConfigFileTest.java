package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.arrival.UniformArrivals;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.request.RequestType;
import io.sagebench.workload.Extent;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.WorkloadSpec.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    private Path directory = Path.of("unset");

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "yml", "json"})
    void printsAnExampleThatIsValidAndNamesEveryKey(String suffix) throws IOException {
        String example = suffix.equals("json") ? ExampleConfig.json("llm") : ExampleConfig.yaml("llm");
        assertThat(checked("example." + suffix, example)).isInstanceOf(Checked.Valid.class);
        for (Setting setting : Setting.values()) {
            assertThat(example).containsPattern("(?m)^ *\"?" + setting.key() + "\"?:");
        }
    }

    @Test
    void printsAnExampleOfHybridModeThatDiffersInTheModeOnly() throws IOException {
        assertThat(checked("hybrid.yaml", ExampleConfig.yaml("hybrid"))).isInstanceOfSatisfying(Checked.Valid.class, valid -> {
            assertThat(valid.settings().config().workload().types()).containsExactlyInAnyOrder(RequestType.values());
            assertThat(valid.settings().documented()).containsEntry("mode", "hybrid").containsEntry("llm_ratio", 0.7);
        });
    }

    @Test
    void printsAnExampleThatIsAllDefaults() throws IOException {
        var example = ((Checked.Valid) checked("example.yaml", ExampleConfig.yaml("llm"))).settings().documented();
        var defaults = ((Checked.Valid) new ConfigDraft(List.of("fifo", "priority", "slo_aware")).check(HowMany.SEVERAL)).settings();
        var withoutFleetDefault = new java.util.LinkedHashMap<>(example);
        withoutFleetDefault.remove("max_num_seqs"); // left to the fleet unless it is given
        assertThat(withoutFleetDefault).isEqualTo(defaults.documented());
    }

    @Test
    void readsEveryKind() throws IOException {
        var settings = ((Checked.Valid) checked(
                        "run.json",
                        """
                        {"policies": ["fifo"], "num_requests": 5, "request_rate": 2.5, "arrival_pattern": "uniform",
                         "model_distribution": {"llama-7b": 0.5, "llama-13b": 0.5}, "prompt_len_range": [10, 20],
                         "slo_config": {"high_priority_deadline_ms": 100}, "enable_streaming": false}
                        """))
                .settings();
        assertThat(settings.config().policies()).containsExactly("fifo");
        assertThat(settings.config().workload().load()).isEqualTo(new Load.Open(new UniformArrivals(2.5), Extent.requests(5)));
        assertThat(onlyKind(settings).models().shares()).isEqualTo(Map.of("llama-7b", 0.5, "llama-13b", 0.5));
        assertThat(onlyKind(settings).promptLength()).isEqualTo(new LengthRange(10, 20));
        assertThat(settings.config().client().streaming()).isFalse();
        assertThat(settings.documented().toString()).contains("high_priority_deadline_ms=100.0");
    }

    @Test
    void findsAllMistakesAtOnceAndNamesTheirLines() throws IOException {
        String file = directory.resolve("run.yaml").toString();
        assertThat(problems(
                        "run.yaml",
                        """
                        policies: [fifo, slo-awre]
                        num_request: 5
                        request_rate: -3
                        arrival_pattern: 7
                        model_distribution: {a: 0.5, b: 0.4}
                        priority_distribution:
                          HIGH: 0.5
                          NORMAL: lots
                        slo_config:
                          hgih_priority_deadline_ms: 4
                          low_priority_deadline_ms: -4
                        prompt_len_range: [500, 50]
                        output_len_range: 50
                        enable_streaming: "yes"
                        warmup_requests: "10"
                        seed: 1
                        seed: 2
                        something_else: true
                        """))
                .containsExactlyInAnyOrder(
                        file + ", line 1: unknown policy 'slo-awre'; did you mean 'slo_aware'? 'sage-bench policies' lists them all",
                        file + ", line 2: unknown key 'num_request'; did you mean 'num_requests'?",
                        file + ", line 3: request_rate must be above 0 requests/s, but is -3",
                        file + ", line 4: arrival_pattern must be one of uniform, poisson, burst, gamma, weibull, onoff, wave, batch, trace, but is '7'",
                        file + ", line 5: model_distribution must have shares that sum to 1 within 0.01, but they sum to 0.9",
                        file + ", line 8: NORMAL must be a share from 0 to 1, but is 'lots'",
                        file + ", line 10: unknown key 'hgih_priority_deadline_ms' in slo_config; did you mean 'high_priority_deadline_ms'?",
                        file + ", line 11: low_priority_deadline_ms must be above 0 ms and at most 1000000000 ms, but is -4",
                        file + ", line 12: prompt_len_range must have the shortest first, but is 500-50",
                        file + ", line 13: output_len_range must be the shortest and the longest, such as [50, 500], but is 50",
                        file + ", line 14: enable_streaming must be true or false, but is 'yes'",
                        file + ", line 15: warmup_requests must be a whole number of at least 0, but is '10'",
                        file + ", line 17: seed stands here a second time, after line 16",
                        file + ", line 18: unknown key 'something_else'; 'sage-bench config' shows them all");
    }

    @Test
    void namesLinesInJsonToo() throws IOException {
        assertThat(problems("run.json", "{\n  \"num_requests\": 0,\n  \"request_rate\": \"NaN\"\n}"))
                .containsExactly(
                        directory.resolve("run.json") + ", line 2: num_requests must be a whole number of at least 1, but is 0",
                        directory.resolve("run.json") + ", line 3: request_rate must be a number above 0 requests/s, but is 'NaN'");
    }

    @Test
    void refusesNumbersThatAreNotFinite() throws IOException {
        assertThat(problems("run.yaml", "request_rate: .nan\ntimeout_seconds: .inf\n")).hasSize(2)
                .allMatch(problem -> problem.contains("but is '.") || problem.contains("but is ."));
    }

    @Test
    void refusesABrokenFileNamingTheLine() throws IOException {
        assertThat(problems("run.json", "{\n\"seed\": 1,,\n}")).singleElement().asString().contains("run.json, line 2: not valid: ");
        assertThat(problems("run.yaml", "seed: [1\nrate: 2\n")).singleElement().asString().contains("run.yaml, line 2: not valid: ");
    }

    @Test
    void refusesWhatIsNoConfiguration() throws IOException {
        assertThat(problems("run.yaml", "")).containsExactly(
                directory.resolve("run.yaml") + ": expected settings such as num_requests: 100, but found nothing");
        assertThat(problems("run.yaml", "- 1\n")).containsExactly(
                directory.resolve("run.yaml") + ": expected settings such as num_requests: 100, but found no keys");
        assertThat(problems("run.toml", "")).containsExactly(
                directory.resolve("run.toml") + ": a configuration file must end in .yaml, .yml or .json");
        assertThat(problems("run.yaml", "slo_config: 5\n")).containsExactly(directory.resolve("run.yaml")
                + ", line 1: slo_config must be a group of keys such as high_priority_deadline_ms: 500, but is 5");
    }

    @Test
    void saysWhenThereIsNoSuchFile() {
        var draft = new ConfigDraft(List.of("fifo", "priority", "slo_aware"));
        draft.file(directory.resolve("none.yaml"));
        assertThat(draft.check(HowMany.SEVERAL)).isEqualTo(new Checked.Invalid(List.of(new Problem(
                directory.resolve("none.yaml").toString(), "there is no such file; 'sage-bench config' prints an example"))));
    }

    private List<String> problems(String name, String text) throws IOException {
        return checked(name, text) instanceof Checked.Invalid(var problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    private Checked checked(String name, String text) throws IOException {
        var draft = new ConfigDraft(List.of("fifo", "priority", "slo_aware"));
        draft.file(Files.writeString(directory.resolve(name), text));
        return draft.check(HowMany.SEVERAL);
    }

    private static RequestKind onlyKind(RunSettings settings) {
        return settings.config().workload().kinds().values().getFirst();
    }
}
