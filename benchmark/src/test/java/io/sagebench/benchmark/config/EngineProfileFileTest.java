package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.config.ProfileSource.Resolved;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfile.Order;
import io.sagebench.engine.sim.EngineProfile.Scheduler;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.ProfileLookup.Found;
import io.sagebench.engine.sim.StepTime.AllReduce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineProfileFileTest {
    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void derivesAllThatItDoesNotSay() throws IOException {
        EngineProfile profile = valid("derive: {model: llama3-8b, gpu: a100}\n");
        EngineProfile shipped = EngineProfiles.named("llama3-8b-a100").orElseThrow();
        assertThat(profile.name()).isEqualTo("p");
        assertThat(profile.model()).isEqualTo("llama3-8b");
        assertThat(profile.stepTime()).isEqualTo(shipped.stepTime());
        assertThat(profile.scheduler()).isEqualTo(shipped.scheduler());
        assertThat(profile.kvBlocks()).isEqualTo(shipped.kvBlocks());
        assertThat(profile.overhead()).isEqualTo(shipped.overhead());
    }

    @Test
    void whatItSaysOverridesWhatIsDerived() throws IOException {
        EngineProfile profile = valid("""
                name: mine
                model: meta-llama/Llama-3.1-8B
                derive: {model: llama3-8b, gpu: h100, tensor_parallel: 2, gpu_memory_utilization: 0.8}
                step_time: {t0_ms: 2.5, all_reduce: none}
                num_gpu_blocks: 5000
                scheduler: {max_num_seqs: 64, block_size: 32, scheduling_policy: priority, enable_prefix_caching: false}
                overhead: {api_ms: 0}
                speculation: {num_speculative_tokens: 3, acceptance: 0.7}
                noise_sigma: 0.03
                """);
        assertThat(profile.name()).isEqualTo("mine");
        assertThat(profile.model()).isEqualTo("meta-llama/Llama-3.1-8B");
        assertThat(profile.stepTime().t0()).isEqualTo(2.5);
        assertThat(profile.stepTime().g0()).isLessThan(4);
        assertThat(profile.stepTime().allReduce()).isEqualTo(AllReduce.NONE);
        assertThat(profile.scheduler()).isEqualTo(new Scheduler(64, 2048, 32_768, 32, Order.PRIORITY, false, true, 0));
        assertThat(profile.kvTokens()).isEqualTo(160_000);
        assertThat(profile.overhead()).isEqualTo(new EngineProfile.Overhead(0, 50_000));
        assertThat(profile.speculation()).contains(new EngineProfile.Speculation(3, 0.7));
        assertThat(profile.noiseSigma()).isEqualTo(0.03);
    }

    @Test
    void anOwnModelOnAnOwnCardFollowsTheSameRules() throws IOException {
        EngineProfile profile = valid("""
                model_shape:
                  num_hidden_layers: 40
                  hidden_size: 5120
                  intermediate_size: 13824
                  num_attention_heads: 40
                  num_key_value_heads: 40
                  vocab_size: 32000
                  max_position_embeddings: 4096
                gpu:
                  name: a100-twin
                  teraflops: 312
                  memory_gib: 80
                  terabytes_per_second: 2.04
                  efficiency: {weights: 0.68, gemm: 0.66, kv_cache: 0.9, attention: 0.45}
                """);
        EngineProfile shipped = EngineProfiles.named("llama2-13b-a100").orElseThrow();
        assertThat(profile.model()).isEqualTo("own-model");
        assertThat(profile.kvBlocks()).isEqualTo(shipped.kvBlocks());
        assertThat(profile.stepTime().aKvMicros()).isEqualTo(shipped.stepTime().aKvMicros());
        assertThat(profile.stepTime().g0() / shipped.stepTime().g0()).isBetween(0.97, 1.03);
    }

    @Test
    void everyShippedProfileReadsBackEqualAsItIsWritten() throws IOException {
        for (EngineProfile shipped : EngineProfiles.all()) {
            var found = (Found) EngineProfiles.find(shipped.name());
            assertThat(valid(EngineProfileYaml.of(found))).isEqualTo(shipped);
        }
    }

    @Test
    void anyProfileReadsBackEqualAsItIsWritten() throws IOException {
        EngineProfile base = EngineProfiles.named("llama3-70b-h100-tp4").orElseThrow();
        var odd = new EngineProfile(
                "on", "12: 'odd' # name", base.stepTime(), new Scheduler(7, 77, 777, 1, Order.PRIORITY, false, false, 5), 12_345,
                new EngineProfile.Overhead(1_234_567, 1), Optional.of(new EngineProfile.Speculation(2, 0.1)), 0.001);
        assertThat(valid(EngineProfileYaml.of(odd, List.of()))).isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "derive: {model: llama3-8b, gpu: a100}\\nstep_time: {t0_mss: 1}|line 2: unknown key 'step_time.t0_mss'; did you mean 't0_ms'?",
                "derive: {model: llama3-8b, gpu: a100}\\nsheduler: {}|line 2: unknown key 'sheduler'; did you mean 'scheduler'?",
                "derive: {model: llama3-8b, gpu: a100}\\nstep_time: {g0_ms: -1}|line 2: g0_ms must be at least 0, but is -1",
                "derive: {model: llama3-8b, gpu: a100}\\nstep_time: {g0_ms: fast}|line 2: g0_ms must be a number at least 0, but is 'fast'",
                "derive: {model: llama3-9b, gpu: a100}|line 1: 'derive.model' no model 'llama3-9b' is known; there are *",
                "derive: {model: llama3-70b, gpu: a100}|line 1: 'derive.model' cannot be: llama3-70b does not fit: 142.6 GB are needed *",
                "derive: {model: qwen2.5-7b, gpu: a100, tensor_parallel: 8}|line 1: 'derive.tensor_parallel' must divide the 28 attention heads of qwen2.5-7b, but is 8",
                "derive: {model: llama3-8b}|line 1: 'gpu' is missing; give it, or derive.gpu",
                "derive: {model: llama3-8b, gpu: a100, gpu_memory_utilization: 90}|line 1: gpu_memory_utilization must be above 0 and at most 1, but is 90",
                "derive: {model: llama3-8b, gpu: a100}\\ngpu: {teraflops: 1}|line 2: 'gpu' contradicts derive.gpu: give the one or the other",
                "derive: {model: llama3-8b, gpu: a100}\\nnum_gpu_blocks: 0|line 2: num_gpu_blocks must be a whole number of at least 1, but is 0",
                "derive: {model: llama3-8b, gpu: a100}\\nnum_gpu_blocks: 100\\nscheduler: {max_model_len: 4096}|line 3: 'scheduler.max_model_len' must be at most 1600, which is what 100 blocks of 16 tokens hold, but is 4096",
                "derive: {model: llama3-8b, gpu: a100}\\nscheduler: {max_num_batched_tokens: 128}|line 2: 'scheduler.max_num_batched_tokens' must be at least max_num_seqs, which is 256: each sequence takes a token of a step; but is 128",
                "derive: {model: llama3-8b, gpu: a100}\\nscheduler: {scheduling_policy: fifo}|line 2: 'scheduler.scheduling_policy' must be fcfs or priority, but is 'fifo'*",
                "derive: {model: llama3-8b, gpu: a100}\\nspeculation: {acceptance: 1.5}|line 2: acceptance must be from 0 to 1, but is 1.5",
                "derive: {model: llama3-8b, gpu: a100}\\nnoise_sigma: 2|line 2: noise_sigma must be from 0 to 1, but is 2",
                "model: m\\nstep_time: {t0_ms: 1}\\nnum_gpu_blocks: 10\\nscheduler: {max_model_len: 16}|line 2: 'step_time.g0_ms' is missing; linear layers while *",
                "model: m|line 1: 'num_gpu_blocks' is missing; the size of the KV cache is needed without 'derive'",
            })
    void saysWhatIsWrongAndWhere(String text, String message) throws IOException {
        List<String> problems = problems(text.replace("\\n", "\n") + "\n");
        String expected = directory.resolve("p.yaml") + ", " + message;
        if (expected.endsWith("*")) {
            assertThat(problems).anyMatch(problem -> problem.startsWith(expected.substring(0, expected.length() - 1).strip()));
        } else {
            assertThat(problems).contains(expected);
        }
    }

    @Test
    void namesAllMistakesAtOnce() throws IOException {
        assertThat(problems("derive: {model: x, gpu: y, tensor_parallel: 0}\nstep_time: {rho: -1, h0: 2}\nnoise_sigma: a\n"))
                .hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llama3-8b-b100         | unknown engine profile 'llama3-8b-b100'; no GPU 'b100' is known; there are a100, h100, *; did you mean 'a100'?",
                "llama3-8-a100          | unknown engine profile 'llama3-8-a100'; no model 'llama3-8' is known; there are *; did you mean 'llama3-8b'?",
                "lama3-8b               | unknown engine profile 'lama3-8b'; *",
                "llama3-70b-a100        | engine profile 'llama3-70b-a100' cannot be: llama3-70b does not fit: *",
            })
    void saysWhichPartOfANameIsWrong(String name, String expected) {
        var parts = expected.split("\\*", -1);
        assertThat(ProfileSource.problemsWith(name)).startsWith(parts[0].strip()).endsWith(parts[parts.length - 1].strip());
    }

    @Test
    void saysWhenThereIsNoSuchFile() {
        assertThat(ProfileSource.problemsWith(directory.resolve("none.yaml").toString()))
                .endsWith("none.yaml: there is no such file; 'sage-bench profiles NAME' prints one to start from");
        assertThat(ProfileSource.problemsWith(directory.resolve("none.txt").toString()))
                .endsWith("none.txt: an engine profile must end in .yaml, .yml or .json");
    }

    /// What the page of the format shows is valid, and it names every key.
    @Test
    void theReferencePageNamesEveryKey() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/engine-profiles.md"));
        for (List<String> keys : List.of(
                EngineProfileFile.KEYS, EngineProfileFile.SCHEDULER, EngineProfileFile.OVERHEAD, EngineProfileFile.SPECULATION,
                DerivedFrom.DERIVE, DerivedFrom.SHAPE, DerivedFrom.GPU, DerivedFrom.EFFICIENCY, StepTimeFields.ALL_REDUCE,
                StepTimeFields.CONSTANTS.stream().map(StepTimeFields.Constant::key).toList())) {
            assertThat(keys).allSatisfy(key -> assertThat(page).contains(key));
        }
    }

    @Test
    void theFilesInTheDocumentationAreValid() throws IOException {
        for (String page : List.of("../docs/reference/engine-profiles.md", "../docs/how-to/write-an-engine-profile.md")) {
            String text = Files.readString(Path.of(page));
            String[] blocks = text.split("```yaml\n", -1);
            assertThat(blocks.length).as(page).isGreaterThan(1);
            for (int i = 1; i < blocks.length; i++) {
                valid(blocks[i].substring(0, blocks[i].indexOf("```")));
            }
        }
        assertThat(ProfileSource.problemsWith("../docs/how-to/engine-profile.yaml")).isEmpty();
    }

    private EngineProfile valid(String text) throws IOException {
        Resolved resolved = resolve(text);
        assertThat(resolved).as(text).isInstanceOf(Resolved.Usable.class);
        return ((Resolved.Usable) resolved).profile();
    }

    private List<String> problems(String text) throws IOException {
        return resolve(text) instanceof Resolved.Invalid(List<Problem> problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    private Resolved resolve(String text) throws IOException {
        return ProfileSource.resolve(Files.writeString(directory.resolve("p.yaml"), text).toString());
    }
}
