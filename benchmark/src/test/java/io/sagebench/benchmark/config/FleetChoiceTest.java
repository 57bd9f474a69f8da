package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.BenchmarkConfig.FleetConfig;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.Target;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetChoiceTest {
    private final ConfigDraft draft = new ConfigDraft(List.of("fifo", "priority", "slo_aware"));

    @Test
    void takesGroups() {
        draft.option(Setting.SIMULATED, "--simulated", "2xllama3-8b-a100,llama3-8b-h100");
        var config = valid();
        assertThat(config.config().fleet())
                .isEqualTo(new FleetConfig(
                        List.of(new EngineGroup(2, "llama3-8b-a100"), new EngineGroup(1, "llama3-8b-h100")), Optional.empty()));
        assertThat(config.config().target()).as("no server of its own has them").isEqualTo(new Target.Embedded());
        assertThat(config.notes()).singleElement().asString().contains("-c embedded");
        assertThat(config.documented()).containsEntry("simulated", List.of("2xllama3-8b-a100", "1xllama3-8b-h100"));
    }

    @Test
    void theWayGivenCloserToTheCommandWins(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), "simulated: [2xllama3-8b-a100]\nsimulate: true\n");
        draft.option(Setting.INSTANCES, "--instances", "5");
        draft.file(file);
        assertThat(valid().config().fleet().instances()).isEqualTo(5);

        var other = new ConfigDraft(List.of("fifo", "priority", "slo_aware"));
        other.file(file);
        var checked = (Checked.Valid) other.check(HowMany.SEVERAL);
        assertThat(checked.settings().config().fleet().groups()).containsExactly(new EngineGroup(2, "llama3-8b-a100"));
    }

    @Test
    void cardsAreAskedForTheirModels() {
        draft.option(Setting.SIMULATED, "--simulated", "2xmarket-a100");
        draft.option(Setting.MODEL_DISTRIBUTION, "--models", "llama3-8b=0.5,mistral-7b=0.5");
        assertThat(valid().config().fleet().groups()).containsExactly(new EngineGroup(2, "market-a100"));
    }

    @Test
    void aCardMayBeTheProfileOfAll() {
        draft.option(Setting.SIMULATE, "--simulate", "true");
        draft.option(Setting.ENGINE_PROFILE, "--engine-profile", "market-a100");
        assertThat(valid().config().fleet().instances()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2xmarket-a100                | a=0.5,b=0.5   | no engine has the model 'a'; there are llama2-13b
            1xbge-m3-a100,llama3-8b-a100 | default=1     | bge-m3-a100 only embeds, but no texts are sent; they are with --mode hybrid
            llama3-8b-a100,llama2-7b-a100 | llama3-8b=1  | no request would go to llama2-7b-a100, which has llama2-7b; asked for are llama3-8b
            0xllama3-8b-a100             | default=1     | must be of the form 3xPROFILE,1xPROFILE with 1 to 10000 of each, but has '0xllama3-8b-a100'
            2xlama3-8b-a100              | default=1     | unknown engine profile 'lama3-8b-a100'
            """)
    void refusesWhatMakesNoSense(String simulated, String models, String expected) {
        draft.option(Setting.SIMULATE, "--simulate", "true");
        draft.option(Setting.SIMULATED, "--simulated", simulated);
        draft.option(Setting.MODEL_DISTRIBUTION, "--models", models);
        assertThat(problems()).anySatisfy(problem -> assertThat(problem.toString()).startsWith("--simulated").contains(expected));
    }

    @Test
    void refusesTwoWaysAtOnceAndAServerThatHasItsOwn() {
        draft.option(Setting.SIMULATED, "--simulated", "2xllama3-8b-a100");
        draft.option(Setting.INSTANCES, "--instances", "5");
        draft.option(Setting.CONTROL_PLANE_URL, "-c", "http://example.org:8080");
        assertThat(problems().toString())
                .contains("instances is given too; leave one of them out")
                .contains("http://example.org:8080 is a server of its own");
    }

    @Test
    void refusesALimitOnSequencesThatNoEngineHas() {
        draft.option(Setting.SIMULATED, "--simulated", "2xmarket-a100");
        draft.option(Setting.MAX_NUM_SEQS, "--max-num-seqs", "4");
        assertThat(problems()).singleElement().asString().isEqualTo(
                "--max-num-seqs: max_num_seqs is for engines with one model, and there are none");
    }

    private RunSettings valid() {
        return ((Checked.Valid) draft.check(HowMany.SEVERAL)).settings();
    }

    private List<Problem> problems() {
        return ((Checked.Invalid) draft.check(HowMany.SEVERAL)).problems();
    }
}
